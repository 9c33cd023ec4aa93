package io.github.rtmjava.compiler;

import io.github.rtmjava.model.BatchNorm;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same network with less to do: batch norms are taken up by the convolutions before them (or
 * become a product and a sum with constants), slices of constants are cut, wide maxima are made of
 * narrower ones, and operations that change nothing are gone.
 *
 * @param network without {@link Op.Norm}
 * @param weights the checkpoint's weights, and the new ones that {@code network} names
 */
public record Simplification(Network network, Weights weights) {

  public static Simplification of(Network network, Weights weights) {
    return new Pass(network, weights).run();
  }

  private static final class Pass {
    private final Network network;
    private final Weights source;
    private final DerivedWeights weights;

    /** The norm that reads a value, where nothing else does. */
    private final Map<Value, Node> normAfter = new HashMap<>();

    /** What stands for each value of the network that was given. */
    private final Map<Value, Value> now = new HashMap<>();

    /** The weights among the new values. */
    private final Map<Value, String> constants = new HashMap<>();

    private final NormFolding folding;
    private final PoolCascade cascade = new PoolCascade();
    private final List<Node> nodes = new ArrayList<>();

    Pass(Network network, Weights weights) {
      this.network = network;
      this.source = weights;
      this.weights = new DerivedWeights(weights);
      this.folding = new NormFolding(weights, this.weights);
      Set<Value> read = new HashSet<>(network.outputs().values());
      for (Node node : network.nodes()) {
        for (Value input : node.inputs()) {
          if (read.add(input) && node.op() instanceof Op.Norm) {
            normAfter.put(input, node);
          } else {
            normAfter.remove(input);
          }
        }
      }
    }

    Simplification run() {
      network.inputs().forEach(input -> now.put(input, input));
      network.nodes().forEach(this::simplify);
      Map<String, Value> outputs = new LinkedHashMap<>();
      network.outputs().forEach((name, value) -> outputs.put(name, current(value)));
      return new Simplification(
          DeadCodeElimination.without(network.name(), network.inputs(), nodes, outputs), weights);
    }

    private void simplify(Node node) {
      if (now.containsKey(node.output())) {
        return; // a norm that its convolution has taken up
      }
      Op op = node.op();
      String constant = node.inputs().isEmpty() ? null : constants.get(current(node, 0));
      Node norm = normAfter.get(node.output());
      Op folded = norm == null ? null : folding.of(node, (Op.Norm) norm.op());
      if (op instanceof Op.Weight weight) {
        keep(node, op);
        constants.put(current(node.output()), weight.key());
      } else if (op instanceof Op.Constant made) {
        String key = node.output().name() + "*constant";
        weights.add(key, () -> Tensor.of(made.values(), made.shape().dims()));
        keepConstant(node, key);
      } else if (constant != null && op instanceof Op.Slice slice) {
        String key = "%s*%s".formatted(constant, node.output().name());
        weights.add(key, () -> ConstantFolding.slice(weights.get(constant), slice));
        keepConstant(node, key);
      } else if (constant != null && op instanceof Op.Reshape reshape) {
        String key = "%s*%s".formatted(constant, node.output().name());
        weights.add(key, () -> weights.get(constant).reshaped(reshape.shape()));
        keepConstant(node, key);
      } else if (norm != null && folded != null) {
        now.put(norm.output(), add(norm.output().name(), folded, currents(node)));
      } else if (op instanceof Op.Norm alone) {
        affine(node, alone);
      } else if (op instanceof Op.MaxPool pool) {
        now.put(node.output(), pool(node, pool));
      } else if (changesNothing(node)) {
        now.put(node.output(), current(node, 0));
      } else {
        keep(node, op);
      }
    }

    /** A maximum, over a narrower one of the same map where there is one. */
    private Value pool(Node node, Op.MaxPool pool) {
      Value x = current(node, 0);
      PoolCascade.Maximum least = cascade.least(x, pool);
      Value made = add(node.output().name(), least.pool(), List.of(least.of()));
      cascade.add(x, pool, made);
      return made;
    }

    private static boolean changesNothing(Node node) {
      Op op = node.op();
      return op instanceof Op.Elementwise
          ? op instanceof Op.Scale scale && scale.factor() == 1
          : node.inputs().size() == 1
              && node.output().shape().equals(node.inputs().get(0).shape())
              && (op instanceof Op.Slice
                  || op instanceof Op.Reshape
                  || op instanceof Op.Concat
                  || op instanceof Op.Upsample
                  || op instanceof Op.PixelShuffle);
    }

    /** A norm that no convolution takes up: a product and a sum with constants per channel. */
    private void affine(Node node, Op.Norm norm) {
      int[] dims = new int[node.output().shape().rank() - 1];
      Arrays.fill(dims, 1);
      dims[0] = norm.channels();
      Shape shape = Shape.of(dims);
      String name = node.output().name();
      weights.add(
          name + "*scale",
          () -> Tensor.of(floats(BatchNorm.of(norm, source).scale()), shape.dims()));
      weights.add(
          name + "*shift",
          () -> Tensor.of(floats(BatchNorm.of(norm, source).shift()), shape.dims()));
      Value scale = add(name + "*scale", new Op.Weight(name + "*scale", shape), List.of());
      Value shift = add(name + "*shift", new Op.Weight(name + "*shift", shape), List.of());
      Value scaled = add(name + "*scaled", new Op.Mul(), List.of(current(node, 0), scale));
      now.put(node.output(), add(name, new Op.Add(), List.of(scaled, shift)));
    }

    private static float[] floats(double[] values) {
      float[] out = new float[values.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) values[i];
      }
      return out;
    }

    private void keepConstant(Node node, String key) {
      Value made = add(node.output().name(), new Op.Weight(key, node.output().shape()), List.of());
      now.put(node.output(), made);
      constants.put(made, key);
    }

    private void keep(Node node, Op op) {
      now.put(node.output(), add(node.output().name(), op, currents(node)));
    }

    private Value add(String name, Op op, List<Value> inputs) {
      int id = network.inputs().size() + nodes.size();
      Value made = new Value(id, name, op.infer(inputs.stream().map(Value::shape).toList()));
      nodes.add(new Node(op, inputs, made));
      return made;
    }

    private List<Value> currents(Node node) {
      return node.inputs().stream().map(this::current).toList();
    }

    private Value current(Node node, int input) {
      return current(node.inputs().get(input));
    }

    private Value current(Value value) {
      Value current = now.get(value);
      if (current == null) {
        throw new IllegalStateException(value.name() + " is read before it is made");
      }
      return current;
    }
  }
}
