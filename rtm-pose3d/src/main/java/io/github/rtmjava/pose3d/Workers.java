package io.github.rtmjava.pose3d;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads of a pipeline, which do not keep the process alive. */
final class Workers {
  private final ExecutorService threads;

  /** Each task on a thread of its own, from now on. */
  Workers(String name, List<Runnable> tasks) {
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, tasks.size()),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    tasks.forEach(threads::execute);
    threads.shutdown();
  }

  /** Interrupts what is under way. */
  void stop() {
    threads.shutdownNow();
  }

  /** Waits until nothing is under way, interrupted or not: models may be closed next. */
  void awaitEnd() {
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
