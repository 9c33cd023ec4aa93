package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operations that are done together: one that moves or mixes elements, and what is done
 * to each element of its result by nodes that nobody else looks into.
 */
final class Chains {
  /** A node with what is done to its result; {@code addend} is the operand of an AddInput. */
  record Chain(Node first, List<PostOp> post, @Nullable Value addend, Value result) {}

  private final Map<Value, Integer> reads = new HashMap<>();
  private final Map<Value, Chain> byResult = new HashMap<>();

  private Chains() {}

  /** The chains of a network by the value that each makes, weights left out. */
  static Map<Value, Chain> of(Network network) {
    Chains chains = new Chains();
    network.outputs().values().forEach(v -> chains.reads.merge(v, 2, Integer::sum));
    network.nodes().stream()
        .flatMap(n -> n.inputs().stream().distinct())
        .forEach(v -> chains.reads.merge(v, 1, Integer::sum));
    network.nodes().forEach(chains::add);
    return chains.byResult;
  }

  private void add(Node node) {
    if (node.op() instanceof Op.Weight) {
      return;
    }
    PostOp post = post(node);
    Chain chain;
    if (post instanceof PostOp.AddInput) {
      chain = sum(node);
    } else if (post != null) {
      Chain open = open(node.inputs().get(0));
      chain =
          open != null && takesPostOps(open.first.op())
              ? extend(open, post, open.addend, node)
              : new Chain(node, List.of(post), null, node.output());
    } else {
      chain = new Chain(node, List.of(), null, node.output());
    }
    byResult.put(node.output(), chain);
  }

  /** What the node does to each element of one value, or null. */
  static @Nullable PostOp post(Node node) {
    List<Value> in = node.inputs();
    if (node.op() instanceof Op.Activation activation) {
      return new PostOp.Apply(activation.function());
    } else if (node.op() instanceof Op.Scale scale) {
      return new PostOp.Times(scale.factor());
    } else if (node.op() instanceof Op.Mul && in.get(0).equals(in.get(1))) {
      return new PostOp.Square();
    } else if (node.op() instanceof Op.Add && in.get(0).shape().equals(in.get(1).shape())) {
      return new PostOp.AddInput();
    }
    return null;
  }

  private Chain sum(Node node) {
    Value a = node.inputs().get(0);
    Value b = node.inputs().get(1);
    if (!a.equals(b)) {
      Chain first = takingAddend(a);
      if (first != null) {
        return extend(first, new PostOp.AddInput(), b, node);
      }
      Chain second = takingAddend(b);
      if (second != null) {
        return extend(second, new PostOp.AddInput(), a, node);
      }
    }
    return new Chain(node, List.of(), null, node.output());
  }

  /** The chain that makes the value, where nobody else reads it. */
  private @Nullable Chain open(Value value) {
    return reads.getOrDefault(value, 0) == 1 ? byResult.get(value) : null;
  }

  private @Nullable Chain takingAddend(Value value) {
    Chain open = open(value);
    return open != null
            && open.addend == null
            && (open.first.op() instanceof Op.Conv || open.first.op() instanceof Op.Linear)
        ? open
        : null;
  }

  private static boolean takesPostOps(Op op) {
    return op instanceof Op.Conv
        || op instanceof Op.ConvTranspose
        || op instanceof Op.Linear
        || op instanceof Op.MatMul
        || op instanceof Op.Add
        || op instanceof Op.Mul
        || op instanceof Op.Activation
        || op instanceof Op.Scale;
  }

  private Chain extend(Chain open, PostOp post, @Nullable Value addend, Node node) {
    byResult.remove(open.result);
    List<PostOp> all = new ArrayList<>(open.post);
    all.add(post);
    return new Chain(open.first, List.copyOf(all), addend, node.output());
  }
}
