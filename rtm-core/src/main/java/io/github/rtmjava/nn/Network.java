package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as data: inputs, nodes in an order in which they can run, named outputs. Free in the
 * batch size; every other extent is fixed. Holds no weights, only their names and shapes.
 *
 * @param name for people, for example {@code rtmdet 640x640}
 * @param inputs what a caller supplies
 * @param nodes every node reads inputs and results of earlier nodes only
 * @param outputs results by the names that callers use, in their order
 */
public record Network(
    String name, List<Value> inputs, List<Node> nodes, Map<String, Value> outputs) {

  /** Checks the order of the nodes and the shapes of all results. */
  public Network {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    List<Value> known = new ArrayList<>(inputs);
    for (Node node : nodes) {
      for (Value input : node.inputs()) {
        if (input.id() >= known.size() || !known.get(input.id()).equals(input)) {
          throw new IllegalArgumentException(
              "node %s reads %s, which no earlier node makes"
                  .formatted(node.output().name(), input.name()));
        }
      }
      Shape inferred = node.op().infer(node.inputs().stream().map(Value::shape).toList());
      if (node.output().id() != known.size() || !inferred.equals(node.output().shape())) {
        throw new IllegalArgumentException(
            "node %s makes %s as value %s, declared are %s and %s"
                .formatted(
                    node.output().name(),
                    inferred,
                    known.size(),
                    node.output().shape(),
                    node.output().id()));
      }
      known.add(node.output());
    }
    for (Map.Entry<String, Value> output : outputs.entrySet()) {
      if (!known.contains(output.getValue())) {
        throw new IllegalArgumentException("output " + output.getKey() + " is not a value");
      }
    }
  }

  /** Every weight by its checkpoint key, in the order of first use. */
  public Map<String, Shape> weights() {
    Map<String, Shape> all = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (WeightSpec weight : node.op().weights()) {
        Shape before = all.putIfAbsent(weight.key(), weight.shape());
        if (before != null && !before.equals(weight.shape())) {
          throw new IllegalStateException(
              "weight %s is used as %s and as %s".formatted(weight.key(), before, weight.shape()));
        }
      }
    }
    return all;
  }
}
