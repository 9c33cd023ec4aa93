package io.github.rtmjava.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Models that are loaded while the server around them starts. */
final class Loading {
  private final FutureTask<Void> task;
  private final Thread thread;

  private Loading(Callable<Void> work) {
    task = new FutureTask<>(work);
    thread = new Thread(task, "rtm load");
    thread.setDaemon(true);
  }

  static Loading of(PoseService service) {
    Loading loading =
        new Loading(
            () -> {
              service.load();
              return null;
            });
    loading.thread.start();
    return loading;
  }

  /**
   * Waits until all is loaded. Who interrupts that interrupts the loading, which then ends.
   *
   * @throws IOException if something cannot be opened
   */
  void await() throws IOException {
    try {
      end();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Breaks it off, and waits until nothing of it runs any more. */
  void stop() {
    thread.interrupt();
    try {
      end();
    } catch (ExecutionException e) {
      // Nobody wants it any more.
    }
  }

  /** However it ends: natives must not be freed, nor the process left, while it uses them. */
  private void end() throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
