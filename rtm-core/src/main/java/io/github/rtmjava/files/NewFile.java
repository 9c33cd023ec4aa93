package io.github.rtmjava.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
  private final Unfinished made;

  private NewFile(Path target, Unfinished made) {
    this.target = target;
    this.made = made;
  }

  /**
   * Begins a file; its folder is made if it is not there. Nothing is at {@link #path()} yet.
   *
   * @throws FileAlreadyExistsException if the target is a folder, or a device or the like
   */
  public static NewFile at(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new FileAlreadyExistsException(target + " is a folder; choose another name");
    }
    Path folder = absolute.getParent();
    if (folder == null || (Files.exists(absolute) && !Files.isRegularFile(absolute))) {
      throw new FileAlreadyExistsException(
          target + " is a device or the like and no file; choose another name");
    }
    Files.createDirectories(folder);
    return new NewFile(absolute, Unfinished.in(folder));
  }

  /** Writes a whole file through a buffered stream. */
  public static void write(Path target, Content content) throws IOException {
    try (NewFile file = at(target)) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.path()))) {
        content.writeTo(out);
      }
      file.commit();
    }
  }

  /** What it becomes, an absolute path. */
  public Path target() {
    return target;
  }

  /** Where to make the file. */
  public Path path() {
    return made.path();
  }

  /** Puts the complete file in the target's place, atomically wherever the file system can. */
  public void commit() throws IOException {
    try {
      Files.move(
          path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path(), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    made.close();
  }

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
