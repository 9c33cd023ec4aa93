package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which operations turn maps with channels last around. An image [N, C, H, W] flattened to [N, C,
 * H·W] does, and so does the way back; transposed to [N, H·W, C] it is what it was in memory.
 */
final class TransposeElimination {
  private TransposeElimination() {}

  /** Whether the node makes pixels of channels and channels of pixels. */
  static boolean turns(Node node) {
    if (!(node.op() instanceof Op.Reshape)) {
      return node.op() instanceof Op.Transpose;
    }
    Shape from = node.inputs().get(0).shape();
    Shape to = node.output().shape();
    return flattens(from, to) || flattens(to, from);
  }

  private static boolean flattens(Shape image, Shape rows) {
    return image.rank() == 4
        && rows.rank() == 3
        && rows.hasBatch()
        && rows.dim(1) == image.dim(1)
        && rows.dim(2) == image.dim(2) * image.dim(3);
  }

  /** The turned values that all readers turn back, and of what they are made. */
  static Map<Value, Value> undone(Network network) {
    Set<Value> readAsTheyAre = new HashSet<>(network.outputs().values());
    for (Node node : network.nodes()) {
      if (!turns(node)) {
        readAsTheyAre.addAll(node.inputs());
      }
    }
    Map<Value, Value> undone = new HashMap<>();
    for (Node node : network.nodes()) {
      if (turns(node)
          && !readAsTheyAre.contains(node.output())
          && !undone.containsKey(node.inputs().get(0))) {
        undone.put(node.output(), node.inputs().get(0));
      }
    }
    return undone;
  }
}
