package io.github.rtmjava.onednn;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many processors one caller of a {@link ThreadPool} is to take, so that those who compute at
 * the same time divide them: several networks, each on fewer threads, get more done than one after
 * the other on all, for which a single image is often too small.
 *
 * <p>Who was there a moment ago counts as well. Callers come and go between the networks of one
 * picture, and whoever begins in such a gap would otherwise take everything and let them wait.
 */
final class FairShare {
  /** Longer than the gaps between the networks of a picture. */
  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

  private final int processors;
  private final LongSupplier clock;

  /** When there were so many callers or more for the last time; all guarded by this. */
  private final long[] last;

  private int callers;

  FairShare(int processors, LongSupplier clock) {
    this.processors = processors;
    this.clock = clock;
    last = new long[processors + 1];
    Arrays.fill(last, clock.getAsLong() - 2 * MOMENT);
  }

  /** Somebody comes, who may have to wait. */
  synchronized void enter() {
    callers++;
  }

  /** Somebody has done what he came for. */
  synchronized void leave() {
    note(clock.getAsLong());
    callers--;
  }

  /** Processors for one of those who came: one at least. */
  synchronized int processors() {
    long now = clock.getAsLong();
    note(now);
    int together = processors;
    while (together > 1 && now - last[together] > MOMENT) {
      together--;
    }
    return (processors + together - 1) / together;
  }

  private void note(long now) {
    for (int i = Math.min(callers, processors); i > 0; i--) {
      last[i] = now;
    }
  }
}
