package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.OpenMp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread pool of a process, on which models run. However many models and callers there are, no
 * more of them compute at a time than there are processors: a caller waits for one, and takes as
 * many more as its model may use and as are free. The work of a model is cut the same way whoever
 * does it, so results do not depend on how many came.
 *
 * <p>Threads wait for each other actively for some microseconds, then give way. When the process
 * ends, those at work finish what they do and nobody begins anew ({@link ExitGate}).
 */
final class ThreadPool {
  private static final long IDLE_NANOS = 30_000_000_000L;

  private final Semaphore processors;
  private final FairShare share;
  private final int size;
  private final OpenMp openMp;
  private final Gate gate;

  /** Of whoever measures something now, if anybody. */
  private final AtomicReference<@Nullable ContentionMonitor> monitor = new AtomicReference<>();

  /** Guarded by itself. The last to have worked comes first: its caches are warm. */
  private final Deque<Worker> idle = new ArrayDeque<>();

  private final AtomicInteger names = new AtomicInteger();

  ThreadPool(int processors, OpenMp openMp, Gate gate) {
    this.processors = new Semaphore(processors, true);
    size = processors;
    share = new FairShare(processors, System::nanoTime);
    this.openMp = openMp;
    this.gate = gate;
  }

  private static final class Holder {
    static final ThreadPool INSTANCE =
        new ThreadPool(Processors.count(), Dnnl.get().openMp(), ExitGate.get().gate());
  }

  /** The pool of this process, of {@link Processors#count} threads, which all models share. */
  static ThreadPool get() {
    return Holder.INSTANCE;
  }

  /** How many threads compute at a time at most. */
  int size() {
    return size;
  }

  /**
   * Executes a body on the calling thread and up to {@code members - 1} others; returns when all
   * are done.
   */
  void run(int members, ParallelRegion.Body job) {
    run(new ParallelRegion(members, job));
  }

  /**
   * Begins to monitor contention for the calling thread; null while others are at work or measure
   * already.
   */
  @Nullable ContentionMonitor monitor() {
    ContentionMonitor made = new ContentionMonitor(monitor);
    if (!monitor.compareAndSet(null, made)) {
      return null;
    }
    if (processors.availablePermits() < size) {
      made.close();
      return null;
    }
    return made;
  }

  private void tellMonitor() {
    ContentionMonitor watching = monitor.get();
    if (watching != null) {
      watching.notice(Thread.currentThread());
    }
  }

  /**
   * Runs a region, as {@link #run(int, ParallelRegion.Body)} does; one caller at a time.
   *
   * @throws EngineException if the process is ending
   */
  void run(ParallelRegion region) {
    tellMonitor(); // who measures is to give way
    share.enter();
    try {
      processors.acquireUninterruptibly();
      try {
        tellMonitor(); // who has begun to watch meanwhile has not seen this thread
        if (!gate.enter()) {
          throw ExitGate.refused();
        }
        try {
          runWithin(region);
        } finally {
          gate.leave();
        }
      } finally {
        processors.release();
      }
    } finally {
      share.leave();
    }
  }

  /**
   * Does something with oneDNN on the calling thread alone: making primitives too, which choose
   * their blocking by the number of threads that they will find.
   *
   * @throws EngineException if the process is ending
   */
  <T> T alone(Supplier<T> work) {
    if (!gate.enter()) {
      throw ExitGate.refused();
    }
    try {
      int before = openMp.setThreads(1);
      try {
        return work.get();
      } finally {
        openMp.setThreads(before);
      }
    } finally {
      gate.leave();
    }
  }

  private void runWithin(ParallelRegion region) {
    int others = 0;
    int before = openMp.setThreads(1);
    try {
      Worker[] workers = region.workers;
      int most = Math.min(workers.length, share.processors() - 1);
      // All are here before any begins, so that nobody is left at work where one cannot be had.
      while (others < most && processors.tryAcquire()) {
        Worker worker = worker();
        if (worker == null) {
          processors.release();
          break;
        }
        workers[others++] = worker;
      }
      region.gather(1 + others);
      for (int i = 1; i <= others; i++) {
        workers[i - 1].join(region, i);
      }
      region.work(0);
      region.leave();
      region.awaitEnd();
    } finally {
      openMp.setThreads(before);
      processors.release(others);
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

  /** A thread that joins regions. */
  final class Worker {
    private final Thread thread;
    private int member;

    /** Whom to join as that member. */
    private volatile @Nullable ParallelRegion region;

    private Worker() {
      thread = new Thread(this::live, "rtm-onednn-" + names.incrementAndGet());
      thread.setDaemon(true);
    }

    private Worker started() {
      thread.start();
      return this;
    }

    private void join(ParallelRegion joined, int as) {
      member = as;
      region = joined;
      LockSupport.unpark(thread);
    }

    private void live() {
      openMp.setThreads(1);
      while (true) {
        ParallelRegion joined = awaitTeam();
        if (joined == null) {
          return;
        }
        region = null;
        try {
          joined.work(member);
        } finally {
          goIdle(joined);
        }
      }
    }

    /** Idle first: whoever sees the region end finds all its workers again. */
    private void goIdle(ParallelRegion done) {
      try {
        synchronized (idle) {
          idle.addFirst(this);
        }
      } finally {
        done.leave();
      }
    }

    /** Null where none comes for long. */
    private @Nullable ParallelRegion awaitTeam() {
      long since = System.nanoTime();
      for (int spins = 0; ; spins++) {
        ParallelRegion joined = region;
        if (joined != null) {
          return joined;
        }
        if (spins < Backoff.SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, IDLE_NANOS);
          Thread.interrupted(); // nobody's business, and no interrupted thread can sleep
          if (region == null && System.nanoTime() - since >= IDLE_NANOS && left()) {
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
