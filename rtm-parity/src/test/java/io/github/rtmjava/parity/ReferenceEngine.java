package io.github.rtmjava.parity;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Computes by the definitions of the operations, in double precision; for small networks. */
final class ReferenceEngine implements Engine {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public EngineProbe probe() {
    return new EngineProbe(true, "cpu", "double precision");
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
    return new Compiled(network, weights);
  }

  private record Compiled(Network network, Weights weights) implements CompiledModel {
    @Override
    public String description() {
      return "reference";
    }

    @Override
    public Session newSession() {
      return new Run(network, weights);
    }

    @Override
    public void close() {}
  }

  private record Run(Network network, Weights weights) implements Session {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      try {
        return Reference.run(network, weights, inputs);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
