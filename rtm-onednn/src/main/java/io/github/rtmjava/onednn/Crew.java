package io.github.rtmjava.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
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

  /** Guarded by itself. The last to have worked comes first: its caches are warm. */
  private final Deque<Worker> idle = new ArrayDeque<>();

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
    run(new Team(members, job));
  }

  /** Lets a team do its job, as {@link #run(int, Job)} does; one caller at a time. */
  void run(Team team) {
    processors.acquireUninterruptibly();
    int others = 0;
    int before = openMp.setThreads(1);
    try {
      // All are here before any begins, so that nobody is left at work where one cannot be had.
      while (others < team.workers.length && processors.tryAcquire()) {
        Worker worker = worker();
        if (worker == null) {
          processors.release();
          break;
        }
        team.workers[others++] = worker;
      }
      team.gather(1 + others);
      for (int i = 1; i <= others; i++) {
        team.workers[i - 1].join(team, i);
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
    Worker waiting;
    synchronized (idle) {
      waiting = idle.pollFirst();
    }
    try {
      return waiting == null ? new Worker().started() : waiting;
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /** Those who do one job together, once or again and again. */
  static final class Team {
    private final Job job;
    private final Worker[] workers;
    private int size;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger phase = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    /**
     * @param members who do the job at most
     */
    Team(int members, Job job) {
      this.job = job;
      workers = new Worker[members - 1];
    }

    private void gather(int members) {
      size = members;
      arrived.set(0);
      done.set(0);
      failure = null;
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
    private final Thread thread;
    private int member;

    /** Whom to join as that member. */
    private volatile @Nullable Team team;

    Worker() {
      thread = new Thread(this::live, "rtm-onednn-" + names.incrementAndGet());
      thread.setDaemon(true);
    }

    Worker started() {
      thread.start();
      return this;
    }

    void join(Team joined, int as) {
      member = as;
      team = joined;
      LockSupport.unpark(thread);
    }

    private void live() {
      openMp.setThreads(1);
      while (true) {
        Team joined = awaitTeam();
        if (joined == null) {
          return;
        }
        team = null;
        joined.work(member);
        synchronized (idle) {
          idle.addFirst(this);
        }
      }
    }

    /** Null where none comes for long. */
    private @Nullable Team awaitTeam() {
      long since = System.nanoTime();
      for (int spins = 0; ; spins++) {
        Team joined = team;
        if (joined != null) {
          return joined;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, IDLE_NANOS);
          if (team == null && System.nanoTime() - since >= IDLE_NANOS && left()) {
            return null;
          }
        }
      }
    }

    private boolean left() {
      synchronized (idle) {
        return idle.remove(this);
      }
    }
  }
}
