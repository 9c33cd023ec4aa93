package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every engine asks of the inputs of a run. */
public final class Inputs {
  private Inputs() {}

  /**
   * Checks names, types and shapes.
   *
   * @return the batch size of all
   * @throws IllegalArgumentException if an input is missing, unknown or of another shape or type
   */
  public static int batch(Network network, Map<String, Tensor> inputs) {
    if (inputs.size() > network.inputs().size()) {
      List<String> names = network.inputs().stream().map(Value::name).toList();
      List<String> unknown = new ArrayList<>(inputs.keySet());
      unknown.removeAll(names);
      throw new IllegalArgumentException(
          "%s has no input %s; its inputs are %s".formatted(network.name(), unknown, names));
    }
    int batch = 0;
    for (Value input : network.inputs()) {
      Tensor tensor = inputs.get(input.name());
      if (tensor == null) {
        throw new IllegalArgumentException(
            "the input %s is missing, found are %s".formatted(input.name(), inputs.keySet()));
      }
      if (tensor.dtype() != DType.FLOAT32 || !input.shape().accepts(tensor.shape())) {
        throw new IllegalArgumentException(
            "input %s: expected FLOAT32 %s, found %s"
                .formatted(input.name(), input.shape(), tensor));
      }
      if (batch != 0 && tensor.shape().dim(0) != batch) {
        throw new IllegalArgumentException(
            "input %s: expected the batch size %d of the inputs before it, found %d"
                .formatted(input.name(), batch, tensor.shape().dim(0)));
      }
      batch = tensor.shape().dim(0);
    }
    return batch;
  }
}
