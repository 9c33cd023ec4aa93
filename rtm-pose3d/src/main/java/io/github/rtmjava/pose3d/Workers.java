package io.github.rtmjava.pose3d;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads of a flow, which do not keep the process alive. */
final class Workers {
  private final ExecutorService threads;

  Workers(String name, int count) {
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  <T> Future<T> submit(Callable<T> work) {
    return threads.submit(work);
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  /** Interrupts what is under way and takes nothing more. */
  void stop() {
    threads.shutdownNow();
  }

  boolean isStopped() {
    return threads.isShutdown();
  }

  /** Stops, and waits until nothing is under way, interrupted or not: models may be closed next. */
  void rest() {
    stop();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
