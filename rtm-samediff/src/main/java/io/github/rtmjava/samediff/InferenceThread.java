package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.files.NativeSettings;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which all ND4J work of one model is done: devices, memory and OpenMP's teams belong
 * to threads there.
 */
final class InferenceThread implements AutoCloseable {
  private final ExecutorService executor;
  private final Thread atExit = new Thread(this::stop, "samediff stop");

  InferenceThread(String name) {
    NativeSettings.apply();
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Natives that compute while the process unloads them crash: let the operation at hand end. */
  private void stop() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Has the thread do some work and waits for it, even when interrupted: it uses the caller's
   * buffers.
   *
   * @throws EngineException if ND4J fails
   * @throws IllegalStateException if the thread has ended
   */
  <T> T call(Callable<T> work) throws IOException {
    Future<T> future;
    try {
      future = executor.submit(work);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the model is closed", e);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
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
