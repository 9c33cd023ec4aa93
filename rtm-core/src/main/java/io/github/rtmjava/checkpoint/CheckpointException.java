package io.github.rtmjava.checkpoint;

import java.io.IOException;

/**
 * A file that cannot be used as a checkpoint or bundle. The message is one line for people: what
 * was expected, what was found, what to do.
 */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
