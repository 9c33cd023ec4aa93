package io.github.rtmjava.app;

import io.github.rtmjava.engine.ShutdownHold;
import java.util.concurrent.CountDownLatch;

/**
 * What Ctrl-C and a polite kill do to a long job: it is asked to stop where it is, and the process
 * waits until it has completed its files.
 */
final class Interruption implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);

  /** What the job does to its end may need a model. */
  private final ShutdownHold models = ShutdownHold.take();

  private final Thread hook;
  private volatile boolean requested;

  /**
   * Listens until it is closed, which the job does at its very end.
   *
   * @param asked is called when the job is asked to stop, on another thread
   */
  Interruption(Runnable asked) {
    hook =
        new Thread(
            () -> {
              requested = true;
              asked.run();
              await();
            },
            "finish the files");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether the job is to stop. */
  boolean requested() {
    return requested;
  }

  private void await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    models.close();
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has run.
    }
  }
}
