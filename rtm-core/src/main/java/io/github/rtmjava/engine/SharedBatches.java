package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Puts what many callers submit into common batches, on threads of its own: one for each session.
 * While the engine is busy submissions wait, first come, first served; when it is free it takes as
 * many as fit into one batch. A submission is never torn apart.
 *
 * <p>Whatever one caller's {@code fill} or {@code read} throws is that caller's alone. Threads are
 * daemons with names that begin with {@value #THREADS}, and end with {@link #close}.
 */
public final class SharedBatches implements BatchRunner {
  static final String THREADS = "rtm batches of ";

  private final ModelRunner runner;
  private final BatchLimits limits;
  private final SubmissionQueue queue;
  private final List<Thread> threads = new ArrayList<>();

  /** Takes over the compiled network: it is closed together with this runner. */
  public SharedBatches(CompiledModel compiled, BatchLimits limits) {
    this.runner = new ModelRunner(compiled, limits.sessions(), ModelRunner.PATIENCE);
    this.limits = limits;
    this.queue = new SubmissionQueue(limits);
    BatchWorker worker = new BatchWorker(queue, runner);
    for (int i = 1; i <= limits.sessions(); i++) {
      Thread thread = new Thread(worker, THREADS + compiled.network().name() + " " + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  @Override
  public Network network() {
    return runner.network();
  }

  @Override
  public String description() {
    return runner.description();
  }

  @Override
  public int mostImages() {
    return limits.mostImages();
  }

  @Override
  public CompiledModel.Memory memory() {
    return runner.memory();
  }

  @Override
  public void warmUp(int... batches) {
    runner.warmUp(batches);
  }

  /** Images that wait now, besides those that are being computed. */
  public int waiting() {
    return queue.images();
  }

  @Override
  public <R> CompletableFuture<R> submit(
      int images,
      Deadline deadline,
      Consumer<Map<String, Tensor>> fill,
      Function<Map<String, Tensor>, R> read) {
    if (images < 1 || images > limits.mostImages()) {
      throw new IllegalArgumentException(
          "expected 1 to %s images, found %s".formatted(limits.mostImages(), images));
    }
    Submission<R> submission = new Submission<>(images, deadline, fill, read);
    queue.add(submission);
    CompletableFuture<R> future = submission.future();
    Expiry expiry = Expiry.of(deadline, () -> expire(submission));
    var unused =
        future.whenComplete(
            (result, failure) -> {
              expiry.cancel();
              queue.remove(submission);
            });
    return future;
  }

  private void expire(Submission<?> submission) {
    if (queue.remove(submission)) {
      submission.expire();
    }
  }

  /**
   * Takes nothing in any more, and waits until all that was submitted before is computed; then it
   * is to be closed.
   *
   * @return whether everything is computed, or the time was too short
   */
  public boolean drain(Duration patience) throws InterruptedException {
    queue.close();
    return queue.awaitIdle(patience);
  }

  /**
   * Fails what waits with an {@link IllegalStateException}, waits for the batches that are being
   * computed, and frees the network.
   */
  @Override
  public void close() {
    queue.close();
    queue.clear().forEach(s -> s.fail(new IllegalStateException("the model is closed")));
    for (Thread thread : threads) {
      if (thread != Thread.currentThread() && !ended(thread)) {
        // What is still computed closes its session when it comes back.
        Thread.currentThread().interrupt();
        break;
      }
    }
    runner.close();
  }

  private static boolean ended(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
