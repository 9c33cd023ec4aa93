package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work for a thread, which can be called off as long as it has not begun. */
final class CancellableTask<T> implements Runnable {
  private final Callable<T> work;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /** Whether somebody has taken it: who does it, or who calls it off. */
  private final AtomicBoolean taken = new AtomicBoolean();

  CancellableTask(Callable<T> work) {
    this.work = work;
  }

  @Override
  public void run() {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    try {
      result.complete(work.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** Calls it off; false where it has begun. */
  boolean cancel() {
    if (!taken.compareAndSet(false, true)) {
      return false;
    }
    result.completeExceptionally(refused());
    return true;
  }

  /** What is said to whom the end of the process comes before. */
  static EngineException refused() {
    return new EngineException("the process is ending, so no model runs any more");
  }

  T get() throws InterruptedException, ExecutionException {
    return result.get();
  }

  T get(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
  }
}
