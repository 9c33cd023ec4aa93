package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.DType;
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
              "node %s reads %s, which no earlier node makes".formatted(node.name(), input.name()));
        }
      }
      List<Value> inferred = inferred(node, known.size());
      if (!inferred.equals(node.outputs())) {
        throw new IllegalArgumentException(
            "node %s makes %s, declared are %s".formatted(node.name(), inferred, node.outputs()));
      }
      known.addAll(inferred);
    }
    for (Map.Entry<String, Value> output : outputs.entrySet()) {
      if (!known.contains(output.getValue()) || output.getValue().type() != DType.FLOAT32) {
        throw new IllegalArgumentException(
            "output " + output.getKey() + " is not a float32 value of the network");
      }
    }
  }

  /** The results of a node as they must be, numbered from {@code id}. */
  private static List<Value> inferred(Node node, int id) {
    List<Shape> shapes = Shapes.infer(node.name(), node.op(), node.inputs());
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      String name = node.outputs().get(Math.min(i, node.outputs().size() - 1)).name();
      values.add(new Value(id + i, name, shapes.get(i)));
    }
    return values;
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
