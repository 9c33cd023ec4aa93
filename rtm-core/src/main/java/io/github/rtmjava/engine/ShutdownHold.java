package io.github.rtmjava.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps engines at work though the process ends. When the JVM shuts down, by Ctrl-C or a polite
 * kill as by {@link System#exit}, engines let no new work in and let what they compute end, since a
 * library that is unloaded under a computation crashes. Who finishes a job in a shutdown hook of
 * his own, as a service that answers its last requests does, takes a hold before the job and closes
 * it after:
 *
 * <pre>{@code
 * try (ShutdownHold hold = ShutdownHold.take()) {
 *   serve();
 * }
 * }</pre>
 *
 * <p>Engines wait for 60 seconds at most. A hold alone does not keep a process alive.
 */
public final class ShutdownHold implements AutoCloseable {
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition NONE = LOCK.newCondition();

  /** Guarded by the lock. */
  private static int holds;

  private boolean closed;

  private ShutdownHold() {}

  /** Keeps engines at work until it is closed. No use once they have stopped. */
  public static ShutdownHold take() {
    ShutdownHold taken = new ShutdownHold();
    count(1);
    return taken;
  }

  /**
   * Waits until there is no hold; for engines' shutdown hooks.
   *
   * @return whether there is none; false after the limit
   */
  public static boolean awaitNone(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    LOCK.lockInterruptibly();
    try {
      while (holds > 0) {
        if (left <= 0) {
          return false;
        }
        left = NONE.awaitNanos(left);
      }
      return true;
    } finally {
      LOCK.unlock();
    }
  }

  private static void count(int change) {
    LOCK.lock();
    try {
      holds += change;
      if (holds == 0) {
        NONE.signalAll();
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** Lets engines stop; does nothing the second time. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      count(-1);
    }
  }
}
