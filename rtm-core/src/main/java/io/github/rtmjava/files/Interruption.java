package io.github.rtmjava.files;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What Ctrl-C and a polite kill do to a program that writes files. Work that can be broken off, as
 * waiting for something to open, is interrupted. Work that shall be completed is asked to stop
 * where it is, and the process waits for it as long as it goes on. In the end what was not finished
 * is removed. Every wait has a limit.
 */
public final class Interruption implements AutoCloseable {
  /** How long work that is interrupted, or has been asked in vain, has to end. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** How long work that is to be completed may show no sign of life. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long POLL_MILLIS = 50;

  private final Thread job = Thread.currentThread();
  private final Runnable asked;
  private final Duration patience;
  private final Thread hook = new Thread(this::stop, "stop");
  private final List<Runnable> stops = new ArrayList<>();
  private boolean breakable = true;
  private boolean done;
  private volatile boolean requested;
  private volatile long sign = System.nanoTime();

  /**
   * Listens until it is closed, which the thread that does the work does at its very end.
   *
   * @param asked is called when the work is asked to stop, on another thread
   */
  public Interruption(Runnable asked) {
    this(asked, PATIENCE);
  }

  Interruption(Runnable asked, Duration patience) {
    this.asked = asked;
    this.patience = patience;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does work that is interrupted where the process is to end. */
  public static <T, E extends Exception> T breaking(Work<T, E> work) throws E {
    Interruption interruption = new Interruption(() -> {});
    try {
      return work.run();
    } finally {
      interruption.close();
    }
  }

  /** Whether the work is to stop. */
  public boolean requested() {
    return requested;
  }

  /** A sign of life. */
  public void step() {
    sign = System.nanoTime();
  }

  /** Does work that is completed rather than broken off. */
  public <T, E extends Exception> T completing(Work<T, E> work) throws E {
    return doing(work, /* toBeBroken= */ false);
  }

  /** Does work that is interrupted where it is to stop. */
  public <T, E extends Exception> T breakable(Work<T, E> work) throws E {
    return doing(work, /* toBeBroken= */ true);
  }

  /**
   * Does work that is stopped by something else.
   *
   * @param stop is called when the work is to stop, on another thread
   */
  public <T, E extends Exception> T stoppable(Runnable stop, Work<T, E> work) throws E {
    synchronized (this) {
      stops.add(stop);
    }
    try {
      return work.run();
    } finally {
      synchronized (this) {
        stops.remove(stop);
      }
    }
  }

  /**
   * What is done.
   *
   * @param <T> its result
   * @param <E> what it fails with
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  private <T, E extends Exception> T doing(Work<T, E> work, boolean toBeBroken) throws E {
    boolean before;
    synchronized (this) {
      before = breakable;
      breakable = toBeBroken;
      step();
      if (toBeBroken && requested) {
        job.interrupt();
      }
    }
    try {
      return work.run();
    } finally {
      synchronized (this) {
        breakable = before;
        step();
        if (requested && !before) {
          // The rest is completed, and files close under an interrupted thread.
          Thread.interrupted();
        }
      }
    }
  }

  private void stop() {
    List<Runnable> all;
    synchronized (this) {
      requested = true;
      step();
      all = List.copyOf(stops);
      if (breakable) {
        job.interrupt();
      }
    }
    asked.run();
    // What is called may wait in its turn.
    for (Runnable stop : all) {
      Thread thread = new Thread(stop, "stop reading");
      thread.setDaemon(true);
      thread.start();
    }
    if (!ends(/* whileAlive= */ true)) {
      job.interrupt();
      ends(/* whileAlive= */ false);
    }
    Unfinished.removeAll();
  }

  private synchronized boolean ends(boolean whileAlive) {
    long from = System.nanoTime();
    while (!done) {
      long silent = System.nanoTime() - (whileAlive ? sign : from);
      if (silent > (whileAlive && !breakable ? patience : GRACE).toNanos()) {
        return false;
      }
      try {
        wait(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      done = true;
      notifyAll();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has run or will.
    }
  }
}
