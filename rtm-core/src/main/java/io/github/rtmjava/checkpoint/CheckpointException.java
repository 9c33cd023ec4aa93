package io.github.rtmjava.checkpoint;

import io.github.rtmjava.files.Printable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that cannot be used as a checkpoint or bundle. The message is one line for people: what
 * was expected, what was found, what to do.
 */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean named;

  public CheckpointException(String message) {
    super(message);
    this.named = false;
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
    this.named = false;
  }

  private CheckpointException(String file, CheckpointException cause) {
    super(Printable.of(file, String.valueOf(cause.getMessage())), cause);
    this.named = true;
  }

  /** What is done with a file. */
  public interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Does it, and puts the file's name before the message where it fails.
   *
   * @throws CheckpointException if the file is not there, or cannot be used; it has the name once,
   *     however many readings are in each other
   */
  public static <T> T naming(Path file, Reading<T> reading) throws IOException {
    try {
      return naming(String.valueOf(file.getFileName()), reading);
    } catch (NoSuchFileException e) {
      throw new CheckpointException(
          e.getFile(), new CheckpointException("there is no such file", e));
    }
  }

  /** The same with a file that lies in memory, or has the name in an archive. */
  public static <T> T naming(String file, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (CheckpointException e) {
      throw e.named ? e : new CheckpointException(file, e);
    }
  }
}
