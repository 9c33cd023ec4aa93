package io.github.rtmjava.engine;

import io.github.rtmjava.tensor.Tensor;
import java.util.Map;

/**
 * One line of work on a compiled network, with buffers of its own. Not for several threads at once:
 * a run beside another run fails. Different threads may use it one after another.
 */
public interface Session extends AutoCloseable {
  /**
   * Runs one batch.
   *
   * @param inputs every input of the network by name, of the declared type and shape, with one
   *     batch size for all
   * @return every output by name; float32, [N, …]. Owned by the session: valid until its next run
   *     or its closing
   * @throws IllegalArgumentException if an input is missing, unknown or of another shape or type
   * @throws IllegalStateException if the session or its model is closed, or another thread runs the
   *     session at the same time
   * @throws EngineException if the engine fails, or the process is ending
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);

  /**
   * Frees the session's buffers, after a run that is under way. Whoever calls {@link #run} from now
   * on gets an exception. Does nothing the second time.
   */
  @Override
  void close();
}
