package io.github.rtmjava.server.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that is refused. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final @Nullable Duration retryAfter;

  /**
   * A refusal.
   *
   * @param detail what was expected, what was found and what to do, for whoever asked
   */
  public ProblemException(Reason reason, String detail) {
    this(reason, detail, null);
  }

  /**
   * A refusal of what may be asked again.
   *
   * @param retryAfter when it is worth to ask again; null if it is not
   */
  public ProblemException(Reason reason, String detail, @Nullable Duration retryAfter) {
    // A refusal under load must cost nothing, and is nobody's fault: no stack trace.
    super(detail, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** When it is worth to ask again; null if it is not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** What is said, for people. */
  public String detail() {
    String message = getMessage();
    return message == null ? reason.id() : message;
  }
}
