package io.github.rtmjava.server.web;

import io.github.rtmjava.engine.Deadline;
import io.javalin.http.Context;
import java.time.Duration;

/** Until when requests are worth being computed. */
public final class Deadlines {
  private static final String HEADER = "X-Timeout-Ms";
  private static final long LONGEST_MILLIS = 3_600_000;

  private Deadlines() {}

  /**
   * What a request says in its header {@value #HEADER}; no deadline where it says nothing.
   *
   * @throws ProblemException if it says something else
   */
  public static Deadline of(Context ctx) {
    String millis = ctx.header(HEADER);
    if (millis == null) {
      return Deadline.NONE;
    }
    try {
      long value = Long.parseLong(millis.strip());
      if (value >= 0 && value <= LONGEST_MILLIS) {
        return Deadline.in(Duration.ofMillis(value));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ProblemException(
        Reason.BAD_REQUEST,
        "expected %s of 0 to %s milliseconds".formatted(HEADER, LONGEST_MILLIS));
  }
}
