package io.github.rtmjava.onednn;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets threads in until it is closed, and whoever closes it can wait for those inside. Threads may
 * go in several times; one that is inside already is not let in again once the gate is closed.
 */
final class Gate {
  private static final int ALL = Integer.MAX_VALUE;

  private final Semaphore room = new Semaphore(ALL);
  private volatile boolean closed;

  /** Goes in, until {@link #leave}; false where the gate is closed. */
  boolean enter() {
    if (closed) {
      return false;
    }
    room.acquireUninterruptibly();
    if (closed) {
      room.release();
      return false;
    }
    return true;
  }

  void leave() {
    room.release();
  }

  /** Lets nobody in any more; false where it was closed already. */
  synchronized boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  /** Waits, after closing, until nobody is inside; each run ends. */
  void awaitEmpty() {
    room.acquireUninterruptibly(ALL);
    room.release(ALL);
  }

  /**
   * Waits so long at most, after closing, until nobody is inside; false where somebody still is.
   */
  boolean awaitEmpty(Duration limit) throws InterruptedException {
    if (!room.tryAcquire(ALL, limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    room.release(ALL);
    return true;
  }
}
