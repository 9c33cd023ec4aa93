package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs what is submitted to it through one network: at once ({@link ModelRunner}), or together with
 * what others have submitted ({@link SharedBatches}). For any number of threads.
 *
 * <p>The numbers of an image may differ in their last bits with the size of the batch that it goes
 * through the network in, see {@link CompiledModel#warmUp}; where others share the batch, with what
 * they submit.
 */
public interface BatchRunner extends AutoCloseable {
  /** The network. */
  Network network();

  /** What runs the network, for people. */
  String description();

  /** Images that one submission may have at most. */
  int mostImages();

  /** Native memory of the network, see {@link CompiledModel#memory()}. */
  CompiledModel.Memory memory();

  /** Makes ready for batches of these sizes, see {@link CompiledModel#warmUp}. */
  void warmUp(int... batches);

  /**
   * Submits images. Who cancels the future, or completes it otherwise, before its turn has come,
   * takes the submission back.
   *
   * @param images number of images, 1 to {@link #mostImages()}
   * @param deadline until when its turn has to have come
   * @param fill writes the inputs [images, …], which are given by name and hold what an earlier run
   *     left there. It and {@code read} may run on another thread, and are not to wait for other
   *     submissions
   * @param read makes a result of the outputs [images, …], which are valid only while it runs
   * @return the result. Fails with what {@code fill} or {@code read} throws, with an {@link
   *     EngineException} if the engine fails, with a {@link java.util.concurrent.TimeoutException}
   *     if the deadline passes before the turn comes, and with an {@link IllegalStateException} if
   *     the runner is closed before that. What depends on it may run on the runner's threads, and
   *     is to be short
   * @throws RejectedExecutionException if too many images wait already
   * @throws IllegalArgumentException if there are too many images, or none
   * @throws IllegalStateException if this runner is closed
   */
  <R> CompletableFuture<R> submit(
      int images,
      Deadline deadline,
      Consumer<Map<String, Tensor>> fill,
      Function<Map<String, Tensor>, R> read);

  /** The same without a deadline. */
  default <R> CompletableFuture<R> submit(
      int images, Consumer<Map<String, Tensor>> fill, Function<Map<String, Tensor>, R> read) {
    return submit(images, Deadline.NONE, fill, read);
  }

  /** Fails what waits, and frees the network once what is being computed has ended. */
  @Override
  void close();
}
