package io.github.rtmjava.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

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
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Unfinished made;
  private @Nullable OutputStream out;

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
      content.writeTo(file.out());
      file.commit();
    }
  }

  /**
   * Puts a complete file that has a name of its own in the target's place, once its bytes are on
   * the disk: for what comes over several runs, and would have to come once more.
   */
  public static void putDurably(Path complete, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(complete, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    put(complete, target);
  }

  /** What it becomes, an absolute path. */
  public Path target() {
    return target;
  }

  /** Where to make the file. */
  public Path path() {
    return made.path();
  }

  /**
   * A buffered stream into the file, the same one for each call until the file is committed or
   * closed, which closes it. Where it cannot be opened the file is given up.
   */
  public OutputStream out() throws IOException {
    OutputStream opened = out;
    if (opened == null) {
      try {
        opened = new BufferedOutputStream(Files.newOutputStream(path()), BUFFER);
      } catch (IOException e) {
        made.close();
        throw e;
      }
      out = opened;
    }
    return opened;
  }

  /** Puts the complete file in the target's place, atomically wherever the file system can. */
  public void commit() throws IOException {
    closeStream();
    put(path(), target);
  }

  private static void put(Path complete, Path target) throws IOException {
    try {
      Files.move(
          complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(complete, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Writes what its stream holds back, and frees its buffer. */
  void closeStream() throws IOException {
    OutputStream opened = out;
    if (opened != null) {
      out = null;
      opened.close();
    }
  }

  @Override
  public void close() throws IOException {
    try (made) {
      closeStream();
    }
  }

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
