package io.github.rtmjava.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file that is made under a temporary name beside its target and takes the target's place when it
 * is complete. Closing it before it is committed removes what was made.
 *
 * <pre>{@code
 * try (NewFile file = NewFile.at(target)) {
 *   write(file.path());
 *   file.commit();
 * }
 * }</pre>
 */
public final class NewFile implements AutoCloseable {
  private final Path target;
  private final Path path;

  private NewFile(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /**
   * Begins a file; its folder is made if it is not there. Nothing is at {@link #path()} yet.
   *
   * @throws FileAlreadyExistsException if the target is a folder
   */
  public static NewFile at(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new FileAlreadyExistsException(target + " is a folder; choose another name");
    }
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    String name = ".%s.%s.part".formatted(absolute.getFileName(), UUID.randomUUID());
    return new NewFile(absolute, absolute.resolveSibling(name));
  }

  /** Writes a whole file through a buffered stream. */
  public static void write(Path target, Content content) throws IOException {
    try (NewFile file = at(target)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.path))) {
        content.writeTo(out);
      }
      file.commit();
    }
  }

  /** Where to make the file. */
  public Path path() {
    return path;
  }

  /** Puts the complete file in the target's place, atomically wherever the file system can. */
  public void commit() throws IOException {
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
