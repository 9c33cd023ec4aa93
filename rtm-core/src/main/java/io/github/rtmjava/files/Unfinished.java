package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A temporary file or folder beside results, which belongs to this process while it lives. Closing
 * it removes it. What a killed process leaves is removed by {@link Leftovers}.
 */
public final class Unfinished implements AutoCloseable {
  private static final Set<Unfinished> ALL = ConcurrentHashMap.newKeySet();

  private final Claim claim;
  private final Path path;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Unfinished(Claim claim, Path path) {
    this.claim = claim;
    this.path = path;
  }

  /**
   * A new one, of which nothing is there yet.
   *
   * @param folder in which it is made, an existing one
   */
  public static Unfinished in(Path folder) throws IOException {
    Claim claim = Claim.on(folder);
    Unfinished made = new Unfinished(claim, folder.resolve(claim.name()));
    ALL.add(made);
    return made;
  }

  /** Where to make it. */
  public Path path() {
    return path;
  }

  /** Removes it, if it is there. */
  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      ALL.remove(this);
      try {
        remove(path);
      } finally {
        claim.release();
      }
    }
  }

  /** Removes all that this process has not finished: for the end of one that is stopped. */
  public static void removeAll() {
    for (Unfinished each : ALL) {
      try {
        each.close();
      } catch (IOException e) {
        // Whoever still writes makes new files in a folder: what remains is nobody's, and cleared
        // by the next run.
      }
    }
  }

  /** Removes a file, or a folder with all that is in it; links are not followed. */
  static void remove(Path root) throws IOException {
    try {
      Files.deleteIfExists(root);
      return; // for an empty folder, too, no file has to be opened
    } catch (DirectoryNotEmptyException e) {
      // All in it goes first.
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(root)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
