package io.github.rtmjava.converter;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** An engine that fills every output with the mean of input and of one weight. */
public final class ToyEngine implements Engine {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public EngineProbe probe() {
    return new EngineProbe(true, "cpu", "made for tests");
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options)
      throws IOException {
    float weight = mean(weights.get(weights.keys().iterator().next()));
    return new Compiled(network, weight);
  }

  private static float mean(Tensor tensor) {
    double sum = 0;
    float[] values = tensor.toFloats();
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  private record Compiled(Network network, float weight) implements CompiledModel {
    @Override
    public String description() {
      return "toy";
    }

    @Override
    public Session newSession() {
      return new Session() {
        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
          float mean = 0;
          for (Tensor input : inputs.values()) {
            mean += mean(input);
          }
          Map<String, Tensor> outputs = new HashMap<>();
          for (Map.Entry<String, Value> output : network.outputs().entrySet()) {
            Tensor tensor = Tensor.allocate(DType.FLOAT32, output.getValue().shape().withBatch(1));
            tensor.floats().put(0, mean + weight);
            outputs.put(output.getKey(), tensor);
          }
          return outputs;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
