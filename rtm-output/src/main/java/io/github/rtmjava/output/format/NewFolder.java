package io.github.rtmjava.output.format;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is filled under a temporary name beside its target and takes the target's place
 * when it is complete. Closing it before it is committed removes what was made.
 */
final class NewFolder implements AutoCloseable {
  private final Path target;
  private final Path path;

  private NewFolder(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  static NewFolder at(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new FileAlreadyExistsException(target + " is a file; choose another name");
    }
    Path path = absolute.resolveSibling(temporary(absolute));
    Files.createDirectories(path);
    return new NewFolder(absolute, path);
  }

  private static String temporary(Path target) {
    return ".%s.%s.part".formatted(target.getFileName(), UUID.randomUUID());
  }

  Path path() {
    return path;
  }

  /** Puts the folder in the target's place; what was there goes when the new one is there. */
  void commit() throws IOException {
    if (!Files.isDirectory(target)) {
      Files.move(path, target);
      return;
    }
    Path old = target.resolveSibling(temporary(target));
    Files.move(target, old);
    Files.move(path, target);
    remove(old);
  }

  @Override
  public void close() throws IOException {
    remove(path);
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
