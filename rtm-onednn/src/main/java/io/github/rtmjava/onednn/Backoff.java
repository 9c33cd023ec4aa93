package io.github.rtmjava.onednn;

import java.util.concurrent.locks.LockSupport;

/**
 * How threads wait for what mostly comes within microseconds: actively at first, then giving way to
 * others, at last asleep for moments.
 */
final class Backoff {
  static final int SPINS = 4000;
  private static final int YIELDS = 200;
  private static final long PARK_NANOS = 20_000;

  private Backoff() {}

  /**
   * Waits a little.
   *
   * @param attempt how often the caller has waited for this before
   * @return whether the thread was interrupted. It is not any more then, as no interrupted thread
   *     can sleep; the caller interrupts it again in the end.
   */
  static boolean pause(int attempt) {
    if (attempt < SPINS) {
      Thread.onSpinWait();
      return false;
    }
    if (attempt < SPINS + YIELDS) {
      giveWay();
      return false;
    }
    LockSupport.parkNanos(PARK_NANOS);
    return Thread.interrupted();
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing depends on what it does
  private static void giveWay() {
    Thread.yield();
  }
}
