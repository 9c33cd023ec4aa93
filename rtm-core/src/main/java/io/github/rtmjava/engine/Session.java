package io.github.rtmjava.engine;

import io.github.rtmjava.tensor.Tensor;
import java.util.Map;

/**
 * One line of work on a compiled network, with buffers of its own. Not for several threads at once;
 * may be used from different threads one after another.
 */
public interface Session extends AutoCloseable {
  /**
   * Runs one batch.
   *
   * @param inputs every input of the network by name: float32, of the declared shape with one batch
   *     size for all
   * @return every output by name; float32, [N, …]. Owned by the session: valid until its next run
   *     or its closing
   * @throws IllegalArgumentException if an input is missing, unknown or of another shape or type
   * @throws EngineException if the engine fails
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);

  /** Frees the session's buffers; does nothing the second time. */
  @Override
  void close();
}
