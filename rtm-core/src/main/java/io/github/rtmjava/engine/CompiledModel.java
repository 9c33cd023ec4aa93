package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;
import java.util.List;

/** A network made ready by an engine: immutable, shared by threads, closed by its owner. */
public interface CompiledModel extends AutoCloseable {
  /** The network that was compiled. */
  Network network();

  /** What runs it, for people: engine, device, precision, threads. */
  String description();

  /**
   * A new line of work.
   *
   * @throws IllegalStateException if this model is closed
   */
  Session newSession();

  /**
   * Makes ready for batches of these sizes. What an engine measures or prepares for batches is done
   * here or when the network is compiled, never in a run: a batch that was not announced is
   * computed in a way that is known already, and may take longer. May take seconds where a
   * processor meets the network for the first time.
   *
   * <p>To be called before batches are run and while no other work is: an engine does not measure
   * beside it. How batches are computed is settled by the first one that runs, so that all later
   * ones have the same results to the last bit.
   *
   * @param batches numbers of images, each at least 1
   * @throws IllegalArgumentException if one is less than 1
   * @throws IllegalStateException if this model is closed
   */
  default void warmUp(int... batches) {}

  /**
   * What each layer costs when one image is run, in the order in which layers run.
   *
   * @param runs number of runs to take medians of
   * @return empty where an engine does not tell
   */
  default List<LayerTime> profile(int runs) {
    return List.of();
  }

  /** Bytes of native memory: weights, and the buffers of one session that runs one image. */
  default Memory memory() {
    return new Memory(0, 0);
  }

  /**
   * Native memory of a compiled model; zeros where an engine does not tell.
   *
   * @param weights bytes for weights, shared by all sessions
   * @param session bytes for what a session that runs one image keeps
   */
  record Memory(long weights, long session) {
    /** Of two networks together. */
    public Memory plus(Memory other) {
      return new Memory(weights + other.weights, session + other.session);
    }
  }

  /**
   * Frees the weights. Sessions still open fail at their next run. Does nothing the second time.
   */
  @Override
  void close();
}
