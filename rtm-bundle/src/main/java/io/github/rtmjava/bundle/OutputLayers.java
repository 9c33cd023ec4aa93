package io.github.rtmjava.bundle;

import io.github.rtmjava.model.Networks;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.WeightSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The layers whose results are what networks return, but for operations without weights. */
final class OutputLayers {
  private OutputLayers() {}

  /** Keys of their weights in all networks of a model. */
  static Set<String> keys(Networks networks) {
    Set<String> keys = new HashSet<>();
    networks.all().forEach(network -> collect(network, keys));
    return keys;
  }

  private static void collect(Network network, Set<String> keys) {
    Map<Integer, Node> makers = new HashMap<>();
    for (Node node : network.nodes()) {
      node.outputs().forEach(output -> makers.put(output.id(), node));
    }
    Set<Integer> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(network.outputs().values());
    while (!open.isEmpty()) {
      Value value = open.pop();
      Node maker = makers.get(value.id());
      if (maker == null || !seen.add(value.id())) {
        continue;
      }
      if (maker.op().weights().isEmpty()) {
        open.addAll(maker.inputs());
      } else {
        maker.op().weights().stream().map(WeightSpec::key).forEach(keys::add);
      }
    }
  }
}
