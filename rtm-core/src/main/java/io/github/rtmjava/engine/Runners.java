package io.github.rtmjava.engine;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.runtime.Closer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How models are compiled and their batches run.
 *
 * @param engine compiles
 * @param options device, threads, precision
 * @param limits how callers share batches; null where each runs its own at once
 */
public record Runners(Engine engine, EngineOptions options, @Nullable BatchLimits limits) {
  /** Each caller's batches are run at once, by themselves. */
  public static Runners immediate(Engine engine, EngineOptions options) {
    return new Runners(engine, options, null);
  }

  /**
   * Compiles a model's network, the one that reads pictures.
   *
   * @throws IOException if its weights cannot be read
   */
  public BatchRunner open(Model model) throws IOException {
    return open(model.network(), model);
  }

  /**
   * Compiles one of a model's networks.
   *
   * @throws IOException if its weights cannot be read
   */
  public BatchRunner open(Network network, Model model) throws IOException {
    try (Closer opened = new Closer()) {
      CompiledModel compiled = opened.add(engine.compile(network, model.weights(), options));
      BatchRunner made =
          limits == null ? new ModelRunner(compiled) : new SharedBatches(compiled, limits);
      opened.release();
      return made;
    }
  }
}
