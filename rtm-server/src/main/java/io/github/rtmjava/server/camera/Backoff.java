package io.github.rtmjava.server.camera;

import java.time.Duration;

/** Pauses between attempts, which grow up to a bound. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Duration next = FIRST;

  /** The pause after another failure. */
  Duration pause() {
    Duration pause = next;
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return pause;
  }

  /** It is there again. */
  void reset() {
    next = FIRST;
  }
}
