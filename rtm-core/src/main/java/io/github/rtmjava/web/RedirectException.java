package io.github.rtmjava.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server sent elsewhere, where it may not; the message says where, and what to do. */
public final class RedirectException extends IOException {
  private static final long serialVersionUID = 1L;

  RedirectException(String message) {
    this(message, null);
  }

  RedirectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
