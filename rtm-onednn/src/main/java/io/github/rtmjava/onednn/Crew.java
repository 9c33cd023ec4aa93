package io.github.rtmjava.onednn;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a process on which models run. However many models and callers there are, no more
 * of them compute at a time than there are processors: a caller waits for one, and takes as many
 * more as its model may use and as are free. The work of a model is cut the same way whoever does
 * it, so results do not depend on how many came.
 *
 * <p>Threads wait for each other actively for some microseconds, then give way.
 */
final class Crew {
  /** What the members of a team do together. */
  interface Job {
    void run(int member, Team team);
  }

  private static final int SPINS = 4000;
  private static final int YIELDS = 200;
  private static final long IDLE_NANOS = 30_000_000_000L;

  private final Semaphore processors;
  private final OpenMp openMp;
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger names = new AtomicInteger();

  Crew(int processors, OpenMp openMp) {
    this.processors = new Semaphore(processors, true);
    this.openMp = openMp;
  }

  private static final class Holder {
    static final Crew INSTANCE =
        new Crew(Runtime.getRuntime().availableProcessors(), Dnnl.get().openMp());
  }

  /** The crew of this process: processors are shared by all models. */
  static Crew get() {
    return Holder.INSTANCE;
  }

  /**
   * Does a job with the calling thread and up to {@code members - 1} others; returns when all are
   * done.
   */
  void run(int members, Job job) {
    processors.acquireUninterruptibly();
    Worker[] workers = new Worker[members - 1];
    int others = 0;
    int before = openMp.setThreads(1);
    try {
      // All are here before any begins, so that nobody is left at work where one cannot be had.
      while (others < members - 1 && processors.tryAcquire()) {
        Worker worker = worker();
        if (worker == null) {
          processors.release();
          break;
        }
        workers[others++] = worker;
      }
      Team team = new Team(others + 1, job);
      for (int i = 1; i <= others; i++) {
        workers[i - 1].join(team, i);
      }
      team.work(0);
      team.awaitEnd();
    } finally {
      openMp.setThreads(before);
      processors.release(1 + others);
    }
  }

  /** One who waits, or a new one; null where the system gives no more threads. */
  private @Nullable Worker worker() {
    Worker waiting = idle.pollFirst();
    try {
      return waiting == null ? new Worker().started() : waiting;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /** Those who do one job together. */
  static final class Team {
    private final int size;
    private final Job job;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger phase = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    Team(int size, Job job) {
      this.size = size;
      this.job = job;
    }

    int size() {
      return size;
    }

    /** Waits until all members are here. */
    void barrier() {
      if (size == 1) {
        return;
      }
      int now = phase.get();
      if (arrived.incrementAndGet() == size) {
        arrived.set(0);
        phase.set(now + 1);
      } else {
        for (int spins = 0; phase.get() == now; spins++) {
          pause(spins);
        }
      }
      if (failure != null) {
        throw new Abandoned();
      }
    }

    private void work(int member) {
      try {
        job.run(member, this);
      } catch (Abandoned e) {
        // another member failed, and its exception is the one to report
      } catch (Throwable e) {
        failure = e;
        // the others wait at the barrier where this member would have been next
        if (arrived.incrementAndGet() == size) {
          arrived.set(0);
          phase.incrementAndGet();
        }
      } finally {
        done.incrementAndGet();
      }
    }

    private void awaitEnd() {
      for (int spins = 0; done.get() < size; spins++) {
        pause(spins);
      }
      Throwable thrown = failure;
      if (thrown instanceof RuntimeException e) {
        throw e;
      } else if (thrown instanceof Error e) {
        throw e;
      } else if (thrown != null) {
        throw new IllegalStateException(thrown);
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing depends on what it does
    private static void giveWay() {
      Thread.yield();
    }

    private static void pause(int spins) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else if (spins < SPINS + YIELDS) {
        giveWay();
      } else {
        LockSupport.parkNanos(20_000);
      }
    }
  }

  /** A member of a team left because another one failed. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super(null, null, false, false);
    }
  }

  private final class Worker {
    private record Seat(Team team, int member) {}

    private final Thread thread;
    private volatile @Nullable Seat seat;

    Worker() {
      thread = new Thread(this::live, "rtm-onednn-" + names.incrementAndGet());
      thread.setDaemon(true);
    }

    Worker started() {
      thread.start();
      return this;
    }

    void join(Team team, int member) {
      seat = new Seat(team, member);
      LockSupport.unpark(thread);
    }

    private void live() {
      openMp.setThreads(1);
      while (true) {
        long since = System.nanoTime();
        for (int spins = 0; seat == null; spins++) {
          if (spins < SPINS) {
            Thread.onSpinWait();
          } else {
            LockSupport.parkNanos(this, IDLE_NANOS);
            if (seat == null && System.nanoTime() - since >= IDLE_NANOS && idle.remove(this)) {
              return;
            }
          }
        }
        Seat taken = Objects.requireNonNull(seat);
        seat = null;
        taken.team.work(taken.member);
        idle.addFirst(this);
      }
    }
  }
}
