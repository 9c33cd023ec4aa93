package io.github.rtmjava.onednn;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do one job together, once or again and again, one run after the other. Whoever ends
 * early, because he fails or because he has no more to do, is not waited for any more.
 */
final class Team {
  /** What the members of a team do together. */
  interface Job {
    void run(int member, Team team);
  }

  private final Job job;

  /** Who comes besides the caller. */
  final Crew.Worker[] workers;

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
   * A team that has not met yet.
   *
   * @param most who do the job at most
   */
  Team(int most, Job job) {
    this.job = job;
    workers = new Crew.Worker[most - 1];
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
    for (int turn = 0; members.getPhase() == phase; turn++) {
      pause(turn);
    }
    if (failure.get() != null) {
      throw new Abandoned();
    }
  }

  /** A member's share. */
  void work(int member) {
    try {
      job.run(member, this);
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
    for (int turn = 0; members.getRegisteredParties() > 0; turn++) {
      pause(turn);
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

  private void pause(int turn) {
    if (Backoff.pause(turn) && Thread.currentThread() == caller) {
      interrupted = true;
    }
  }

  /** A member of a team left because another one failed. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super(null, null, false, false);
    }
  }
}
