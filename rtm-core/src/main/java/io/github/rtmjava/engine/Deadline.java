package io.github.rtmjava.engine;

import java.time.Duration;

/** A time by which something has to have begun, whatever happens to the clock on the wall. */
public final class Deadline {
  /** Never. */
  public static final Deadline NONE = new Deadline(0, false);

  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final long nanos;
  private final boolean set;

  private Deadline(long nanos, boolean set) {
    this.nanos = nanos;
    this.set = set;
  }

  /** So long from now; now if the time is negative. */
  public static Deadline in(Duration time) {
    if (time.compareTo(FOREVER) > 0) {
      return NONE;
    }
    return new Deadline(System.nanoTime() + (time.isNegative() ? 0 : time.toNanos()), true);
  }

  /** Whether it is never. */
  public boolean isNone() {
    return !set;
  }

  /** Nanoseconds until then, 0 or less if it has passed; {@link Long#MAX_VALUE} if it is never. */
  public long remainingNanos() {
    return set ? nanos - System.nanoTime() : Long.MAX_VALUE;
  }

  /** Whether it has passed. */
  public boolean hasPassed() {
    return remainingNanos() <= 0;
  }

  @Override
  public String toString() {
    return set ? "in " + Duration.ofNanos(remainingNanos()) : "none";
  }
}
