package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What every engine asks of the inputs of a run. */
public final class InputCheck {
  private InputCheck() {}

  /**
   * Checks names, types and shapes.
   *
   * @return the batch size of all
   * @throws IllegalArgumentException if an input is missing, unknown or of another shape or type
   */
  public static int batch(Network network, Map<String, Tensor> inputs) {
    int batch = 0;
    for (int i = 0; i < network.inputs().size(); i++) {
      Value input = network.inputs().get(i);
      Tensor tensor = inputs.get(input.name());
      if (tensor == null) {
        refuseUnknown(network, inputs);
        throw new IllegalArgumentException("the input " + input.name() + " is missing");
      }
      if (tensor.dtype() != input.type() || !input.shape().accepts(tensor.shape())) {
        throw new IllegalArgumentException(
            "input %s: expected %s %s, found %s"
                .formatted(input.name(), input.type(), input.shape(), tensor));
      }
      if (batch != 0 && tensor.shape().dim(0) != batch) {
        throw new IllegalArgumentException(
            "input %s: expected the batch size %s of the inputs before it, found %s"
                .formatted(input.name(), batch, tensor.shape().dim(0)));
      }
      batch = tensor.shape().dim(0);
    }
    if (inputs.size() > network.inputs().size()) {
      refuseUnknown(network, inputs);
    }
    return batch;
  }

  private static void refuseUnknown(Network network, Map<String, Tensor> inputs) {
    List<String> names = network.inputs().stream().map(Value::name).toList();
    List<String> unknown = new ArrayList<>(inputs.keySet());
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no input %s; its inputs are %s".formatted(network.name(), unknown, names));
    }
  }

  /**
   * The input of a network that has one.
   *
   * @throws IllegalStateException if there are more
   */
  public static Tensor only(Map<String, Tensor> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalStateException(
          "expected a network with one input, found " + inputs.keySet());
    }
    return inputs.values().iterator().next();
  }
}
