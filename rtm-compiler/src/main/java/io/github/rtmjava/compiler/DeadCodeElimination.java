package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Dead-code elimination: takes nodes away whose results nobody reads, and numbers the values again.
 */
final class DeadCodeElimination {
  private DeadCodeElimination() {}

  static Network without(
      String name, List<Value> inputs, List<Node> nodes, Map<String, Value> outputs) {
    Set<Value> needed = new HashSet<>(outputs.values());
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (nodes.get(i).outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(nodes.get(i).inputs());
      }
    }
    Map<Value, Value> renumbered = new HashMap<>();
    inputs.forEach(input -> renumbered.put(input, input));
    List<Node> kept = new ArrayList<>();
    int next = inputs.size();
    for (Node node : nodes) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        List<Value> made = new ArrayList<>();
        for (Value old : node.outputs()) {
          made.add(new Value(next++, old.name(), old.shape(), old.type()));
          renumbered.put(old, made.get(made.size() - 1));
        }
        kept.add(
            new Node(
                node.op(),
                node.inputs().stream().map(v -> Objects.requireNonNull(renumbered.get(v))).toList(),
                made));
      }
    }
    Map<String, Value> now = new LinkedHashMap<>();
    outputs.forEach((key, value) -> now.put(key, Objects.requireNonNull(renumbered.get(value))));
    return new Network(name, inputs, kept, now);
  }
}
