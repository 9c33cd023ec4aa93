package io.github.rtmjava.benchmarks.onnx;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which batch norms are folded into the convolution before them: those that alone read it. */
final class Norms {
  private final Map<Value, Node> byConvolution = new HashMap<>();
  private final Set<Value> folded = new HashSet<>();

  Norms(Network network) {
    Map<Value, Integer> readers = new HashMap<>();
    Set<Value> convolved = new HashSet<>();
    network.outputs().values().forEach(output -> readers.merge(output, 1, Integer::sum));
    for (Node node : network.nodes()) {
      node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
      if (node.op() instanceof Op.Conv) {
        convolved.add(node.output());
      }
    }
    for (Node node : network.nodes()) {
      if (node.op() instanceof Op.Norm) {
        Value in = node.inputs().get(0);
        if (convolved.contains(in) && readers.getOrDefault(in, 0) == 1) {
          byConvolution.put(in, node);
          folded.add(node.output());
        }
      }
    }
  }

  /** The norm that this convolution takes up, or null. */
  @Nullable Node after(Node convolution) {
    return byConvolution.get(convolution.output());
  }

  /** Whether a convolution takes up this norm. */
  boolean isFolded(Node norm) {
    return folded.contains(norm.outputs().get(0));
  }
}
