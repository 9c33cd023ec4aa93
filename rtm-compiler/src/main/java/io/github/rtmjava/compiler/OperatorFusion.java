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
 * Operator fusion: finds the operations that are done together: one that moves or mixes elements,
 * and what is done to each element of its result by nodes that nobody else looks into.
 */
final class OperatorFusion {
  /** A node fused with what is done to its result; {@code addend} is the operand of an AddInput. */
  record FusedOperators(Node first, List<PostOp> post, @Nullable Value addend, Value result) {}

  private static final FusionRules RULES = new FusionRules();

  private final Map<Value, Integer> reads = new HashMap<>();
  private final Map<Value, FusedOperators> byResult = new HashMap<>();

  private OperatorFusion() {}

  /** What is fused in a network by the value that each makes, weights left out. */
  static Map<Value, FusedOperators> of(Network network) {
    OperatorFusion fusion = new OperatorFusion();
    network.outputs().values().forEach(v -> fusion.reads.merge(v, 2, Integer::sum));
    network.nodes().stream()
        .flatMap(n -> n.inputs().stream().distinct())
        .forEach(v -> fusion.reads.merge(v, 1, Integer::sum));
    network.nodes().forEach(fusion::add);
    return fusion.byResult;
  }

  private void add(Node node) {
    if (node.op() instanceof Op.Weight) {
      return;
    }
    PostOp post = node.accept(RULES).post();
    FusedOperators fused;
    if (post instanceof PostOp.AddInput) {
      fused = sum(node);
    } else if (post != null) {
      FusedOperators open = open(node.inputs().get(0));
      fused =
          open != null && open.first.accept(RULES).takesPostOps()
              ? extend(open, post, open.addend, node)
              : new FusedOperators(node, List.of(post), null, node.output());
    } else {
      fused = new FusedOperators(node, List.of(), null, node.output());
    }
    byResult.put(node.output(), fused);
  }

  private FusedOperators sum(Node node) {
    Value a = node.inputs().get(0);
    Value b = node.inputs().get(1);
    if (!a.equals(b)) {
      FusedOperators first = takingAddend(a);
      if (first != null) {
        return extend(first, new PostOp.AddInput(), b, node);
      }
      FusedOperators second = takingAddend(b);
      if (second != null) {
        return extend(second, new PostOp.AddInput(), a, node);
      }
    }
    return new FusedOperators(node, List.of(), null, node.output());
  }

  /** The chain that makes the value, where nobody else reads it. */
  private @Nullable FusedOperators open(Value value) {
    return reads.getOrDefault(value, 0) == 1 ? byResult.get(value) : null;
  }

  private @Nullable FusedOperators takingAddend(Value value) {
    FusedOperators open = open(value);
    return open != null && open.addend == null && open.first.accept(RULES).takesAddend()
        ? open
        : null;
  }

  private FusedOperators extend(
      FusedOperators open, PostOp post, @Nullable Value addend, Node node) {
    byResult.remove(open.result);
    List<PostOp> all = new ArrayList<>(open.post);
    all.add(post);
    return new FusedOperators(open.first, List.copyOf(all), addend, node.output());
  }
}
