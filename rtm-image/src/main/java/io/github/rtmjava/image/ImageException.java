package io.github.rtmjava.image;

import java.io.IOException;

/**
 * A picture that cannot be read or written. The message is one line: which file, what was expected,
 * what was found, what to do.
 */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }

  ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
