package io.github.rtmjava.onednn;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body that several threads of the pool execute together, with barriers, once or again and again,
 * one run after the other. Whoever ends early, because he fails or because he has no more to do, is
 * not waited for any more.
 */
final class ParallelRegion {
  /** What the threads of a region execute together, each with its number as {@code member}. */
  interface Body {
    void run(int member, ParallelRegion region);
  }

  private final Body body;

  /** Who comes besides the caller. */
  final ThreadPool.Worker[] workers;

  private int size;
  private @Nullable Thread caller;

  /** Written by the caller alone. */
  private boolean interrupted;

  /** The first. */
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Those who are at work, in phases between barriers. Only its state is used: we wait. */
  private final Phaser members =
      new Phaser() {
        @Override
        protected boolean onAdvance(int phase, int registered) {
          return false;
        }
      };

  /**
   * A region that has not run yet.
   *
   * @param most who take part at most
   */
  ParallelRegion(int most, Body body) {
    this.body = body;
    workers = new ThreadPool.Worker[most - 1];
  }

  /** How many have come. */
  int size() {
    return size;
  }

  /** Before a run, on the thread of member 0. Each of them is to work and to leave. */
  void gather(int count) {
    size = count;
    caller = Thread.currentThread();
    interrupted = false;
    failure.set(null);
    members.bulkRegister(count);
  }

  /** Waits until all who are still at work are here; does not return where one has failed. */
  void barrier() {
    if (size == 1) {
      return;
    }
    int phase = members.arrive();
    for (int attempt = 0; members.getPhase() == phase; attempt++) {
      pause(attempt);
    }
    if (failure.get() != null) {
      throw new Abandoned();
    }
  }

  /** A member's share. */
  void work(int member) {
    try {
      body.run(member, this);
    } catch (Abandoned e) {
      // another member failed, and its exception is the one to report
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  /** The last that a member does. */
  void leave() {
    members.arriveAndDeregister();
  }

  /**
   * Waits, on the thread of member 0, until all have left.
   *
   * @throws RuntimeException or Error that a member threw
   */
  void awaitEnd() {
    for (int attempt = 0; members.getRegisteredParties() > 0; attempt++) {
      pause(attempt);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    } else if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }

  private void pause(int attempt) {
    if (Backoff.pause(attempt) && Thread.currentThread() == caller) {
      interrupted = true;
    }
  }

  /** A member of a region left because another one failed. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super(null, null, false, false);
    }
  }
}
