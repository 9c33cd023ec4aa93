package io.github.rtmjava.engine;

import io.github.rtmjava.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** What somebody has submitted: some images of a batch, and what is to be done with them. */
final class Submission<R> {
  private final int images;
  private final Deadline deadline;
  private final Consumer<Map<String, Tensor>> fill;
  private final Function<Map<String, Tensor>, R> read;
  private final CompletableFuture<R> future = new CompletableFuture<>();
  private final long since = System.nanoTime();

  Submission(
      int images,
      Deadline deadline,
      Consumer<Map<String, Tensor>> fill,
      Function<Map<String, Tensor>, R> read) {
    this.images = images;
    this.deadline = deadline;
    this.fill = fill;
    this.read = read;
  }

  int images() {
    return images;
  }

  Deadline deadline() {
    return deadline;
  }

  CompletableFuture<R> future() {
    return future;
  }

  /** When it was made, as {@link System#nanoTime}. */
  long since() {
    return since;
  }

  /**
   * Writes its images.
   *
   * @param first its place in the batch
   * @return whether it is to be computed; otherwise nobody wants it any more, or it has failed
   */
  boolean fill(Map<String, Tensor> batch, int first) {
    if (future.isDone()) {
      return false;
    }
    if (deadline.hasPassed()) {
      expire();
      return false;
    }
    try {
      fill.accept(part(batch, first));
      return true;
    } catch (RuntimeException | Error e) {
      fail(e);
      return false;
    }
  }

  /** Reads what came out; to be run when the batch is through. */
  Runnable read(Map<String, Tensor> batch, int first) {
    try {
      R result = read.apply(part(batch, first));
      return () -> future.complete(result);
    } catch (RuntimeException | Error e) {
      return () -> fail(e);
    }
  }

  private Map<String, Tensor> part(Map<String, Tensor> batch, int first) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    batch.forEach((name, tensor) -> part.put(name, tensor.slice(first, images)));
    return part;
  }

  void expire() {
    fail(new TimeoutException("the deadline passed before the images' turn came"));
  }

  void fail(Throwable cause) {
    future.completeExceptionally(cause);
  }
}
