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
      if (needed.contains(nodes.get(i).output())) {
        needed.addAll(nodes.get(i).inputs());
      }
    }
    Map<Value, Value> renumbered = new HashMap<>();
    inputs.forEach(input -> renumbered.put(input, input));
    List<Node> kept = new ArrayList<>();
    for (Node node : nodes) {
      Value old = node.output();
      if (needed.contains(old)) {
        Value made = new Value(inputs.size() + kept.size(), old.name(), old.shape());
        renumbered.put(old, made);
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
