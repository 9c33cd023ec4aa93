package io.github.rtmjava.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A video that cannot be opened or written. The message is one line: which, what was expected, what
 * was found, what to do.
 */
public final class VideoException extends IOException {
  private static final long serialVersionUID = 1L;

  VideoException(String message) {
    super(message);
  }

  VideoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
