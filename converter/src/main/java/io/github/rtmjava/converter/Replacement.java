package io.github.rtmjava.converter;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A file or folder that is made beside its target and takes its place when it is complete. Closing
 * it before it is committed removes what was made.
 */
final class Replacement implements AutoCloseable {
  private final Path target;
  private final Path made;

  Replacement(Path target) throws IOException {
    this.target = target.toAbsolutePath();
    this.made = beside("new");
    Path parent = this.target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  /** Where to make it; nothing is there yet. */
  Path path() {
    return made;
  }

  /** Puts a file in the place of the target, if there is any. */
  void commitFile() throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(target + " is a folder; choose another name");
    }
    move(made, target);
  }

  /** Puts a folder in the place of the target, which must be a bundle, empty or absent. */
  void commitFolder() throws IOException {
    if (Files.exists(target)) {
      requireReplaceable();
      Path old = beside("old");
      Files.move(target, old);
      try {
        Files.move(made, target);
      } catch (IOException e) {
        Files.move(old, target);
        throw e;
      }
      delete(old);
    } else {
      Files.move(made, target);
    }
  }

  private void requireReplaceable() throws IOException {
    if (!Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(target + " is a file; choose another name");
    }
    try (Stream<Path> content = Files.list(target)) {
      List<String> names = content.map(p -> String.valueOf(p.getFileName())).sorted().toList();
      if (!names.isEmpty() && !names.equals(List.of(Manifest.FILE, Manifest.WEIGHTS))) {
        throw new FileAlreadyExistsException(
            target + " is a folder with other files; choose another name");
      }
    }
  }

  private Path beside(String suffix) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return target.resolveSibling(".%s.%s.%s".formatted(target.getFileName(), unique, suffix));
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(root)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  @Override
  public void close() throws IOException {
    delete(made);
  }
}
