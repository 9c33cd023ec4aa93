package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.ShutdownHold;
import io.github.rtmjava.files.NativeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread on which all ND4J work of one model is done: devices, memory and OpenMP's teams belong
 * to threads there.
 */
final class InferenceThread implements AutoCloseable {
  /** How long work waits for its turn. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration HELD = Duration.ofSeconds(60);
  private static final Duration AT_HAND = Duration.ofSeconds(10);

  private final Duration patience;
  private final ExecutorService executor;
  private final Thread atExit = new Thread(this::stop, "samediff stop");
  private volatile boolean ending;

  InferenceThread(String name) {
    this(name, PATIENCE);
  }

  /**
   * A thread.
   *
   * @param patience how long work waits for its turn
   */
  InferenceThread(String name, Duration patience) {
    this.patience = patience;
    NativeSettings.apply();
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      executor.shutdown();
      throw CancellableTask.refused();
    }
  }

  /**
   * Natives that compute while the process unloads them crash: lets the work at hand end, and tells
   * those whose work has not begun that it will not.
   */
  private void stop() {
    try {
      ShutdownHold.awaitNone(HELD);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending = true;
    executor.shutdownNow().forEach(waiting -> ((CancellableTask<?>) waiting).cancel());
    try {
      executor.awaitTermination(AT_HAND.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Has the thread do some work and waits for it. Work that has begun is waited for even when
   * interrupted: it uses the caller's buffers.
   *
   * @throws EngineException if ND4J fails, the process is ending, or the caller is interrupted or
   *     has waited for long before the work has begun: then it is not done
   * @throws IllegalStateException if the thread has ended
   */
  <T> T call(Callable<T> work) throws IOException {
    CancellableTask<T> task = submit(work);
    boolean interrupted = false;
    try {
      return task.get(patience);
    } catch (InterruptedException e) {
      interrupted = true;
      if (task.cancel()) {
        throw new EngineException("interrupted while waiting for the model's thread", e);
      }
    } catch (TimeoutException e) {
      if (task.cancel()) {
        throw new EngineException(
            "waited %s s for the model's thread; run fewer at a time, or compile the model again"
                .formatted(patience.toSeconds()),
            e);
      }
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return await(task);
  }

  /**
   * Has the thread free something and waits for it, even when interrupted. Nothing is freed in a
   * process that is ending: its memory goes with it.
   */
  void free(Runnable work) throws IOException {
    try {
      await(submit(Executors.callable(work)));
    } catch (EngineException e) {
      if (!ending) {
        throw e;
      }
    }
  }

  private <T> CancellableTask<T> submit(Callable<T> work) {
    CancellableTask<T> task = new CancellableTask<>(work);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      throw ending
          ? CancellableTask.refused()
          : new IllegalStateException("the model is closed", e);
    }
    return task;
  }

  private static <T> T await(CancellableTask<T> task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(Throwable cause) throws IOException {
    if (isNd4j(cause)) {
      String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      return new EngineException("ND4J failed: " + message.lines().findFirst().orElse(""), cause);
    }
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  /** Whether the libraries threw it rather than this project or a user's weights. */
  private static boolean isNd4j(Throwable cause) {
    for (StackTraceElement frame : cause.getStackTrace()) {
      String type = frame.getClassName();
      if (type.startsWith("org.nd4j.") || type.startsWith("org.bytedeco.")) {
        return true;
      }
      if (type.startsWith("io.github.rtmjava.")) {
        return false;
      }
    }
    return false;
  }

  /** Ends the thread once the work already handed to it is done. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook with it.
    }
  }
}
