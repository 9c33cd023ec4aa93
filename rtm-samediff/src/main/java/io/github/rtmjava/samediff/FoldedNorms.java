package io.github.rtmjava.samediff;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which batch norms the convolutions before them take up: those that are their only reader. */
final class FoldedNorms {
  private final Map<Value, Node> normOfConv = new HashMap<>();
  private final Set<Node> folded = new HashSet<>();
  private final Map<String, Integer> uses = new HashMap<>();

  private FoldedNorms() {}

  /** None, for a graph that is to be trained. */
  static FoldedNorms none() {
    return new FoldedNorms();
  }

  /** Those of a network. */
  static FoldedNorms of(Network network) {
    FoldedNorms foldings = new FoldedNorms();
    foldings.find(network);
    return foldings;
  }

  private void find(Network network) {
    Map<Value, Integer> readers = new HashMap<>();
    Set<Value> convs = new HashSet<>();
    for (Value output : network.outputs().values()) {
      readers.merge(output, 1, Integer::sum);
    }
    for (Node node : network.nodes()) {
      node.inputs().forEach(v -> readers.merge(v, 1, Integer::sum));
      if (node.op() instanceof Op.Conv conv) {
        convs.add(node.output());
        uses.merge(conv.weight(), 1, Integer::sum);
      } else if (node.op() instanceof Op.Norm norm) {
        uses.merge(norm.bias(), 1, Integer::sum);
      }
    }
    for (Node node : network.nodes()) {
      List<Value> in = node.inputs();
      if (node.op() instanceof Op.Norm
          && convs.contains(in.get(0))
          && readers.getOrDefault(in.get(0), 0) == 1) {
        normOfConv.put(in.get(0), node);
        folded.add(node);
      }
    }
  }

  /** The norm that a convolution takes up, or null. */
  @Nullable Node normOf(Node conv) {
    return normOfConv.get(conv.outputs().get(0));
  }

  /** Whether a convolution takes up this norm. */
  boolean contains(Node norm) {
    return folded.contains(norm);
  }

  /**
   * The name under which one convolution and norm fold a weight: its key, with both places where
   * others read it too and it may come out differently there.
   */
  String foldedName(String key, Op.Conv conv, Op.Norm norm) {
    return uses.getOrDefault(key, 0) > 1 ? key + "@" + conv.weight() + "@" + norm.scope() : key;
  }
}
