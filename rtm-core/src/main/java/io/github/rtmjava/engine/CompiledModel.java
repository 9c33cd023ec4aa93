package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;

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
   * Frees the weights. Sessions still open fail at their next run. Does nothing the second time.
   */
  @Override
  void close();
}
