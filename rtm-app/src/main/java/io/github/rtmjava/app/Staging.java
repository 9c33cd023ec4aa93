package io.github.rtmjava.app;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder beside the results in which they are made, to be moved to their places when they are
 * complete. It vanishes when it is closed and when the process is interrupted.
 */
final class Staging implements AutoCloseable {
  private final Path target;
  private final Path folder;
  private final Thread cleaner;

  private Staging(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
    this.cleaner = new Thread(this::delete, "remove unfinished files");
  }

  /** Makes the target folder, if it is not there, and an empty folder in it. */
  static Staging in(Path target) throws IOException {
    Files.createDirectories(target);
    Staging staging = new Staging(target, Files.createTempDirectory(target, ".rtm-"));
    Runtime.getRuntime().addShutdownHook(staging.cleaner);
    return staging;
  }

  /** Where to make the file of that name. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** Moves a complete file to its place, over what was there. */
  void commit(String name) throws IOException {
    Path place = target.resolve(name);
    try {
      Files.move(path(name), place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path(name), place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has run or will.
    }
  }

  private void delete() {
    // The interrupted thread may still be making files: look again until nothing is left.
    for (int attempt = 0; attempt < 5 && Files.exists(folder); attempt++) {
      try (Stream<Path> tree = Files.walk(folder)) {
        List<Path> all = tree.sorted(Comparator.reverseOrder()).toList();
        for (Path path : all) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        // Tried again; a folder that starts with a dot does no harm if it cannot be removed.
      }
    }
  }
}
