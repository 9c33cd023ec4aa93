package io.github.rtmjava.compiler;

import io.github.rtmjava.model.BatchNorm;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.OpVisitor;
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
 * become a product and a sum with constants), slices of constants are cut, splits are slices, wide
 * maxima are made of narrower ones, and operations that change nothing are gone.
 *
 * @param network without {@link Op.Norm}, {@link Op.Constant} and {@link Op.Split}
 * @param weights the checkpoint's weights, and the new ones that {@code network} names
 */
public record Simplification(Network network, Weights weights) {

  public static Simplification of(Network network, Weights weights) {
    return new Pass(network, weights).run();
  }

  private static final class Pass implements OpVisitor<List<Value>, RuntimeException> {
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

    /** The number of the next value. */
    private int next;

    Pass(Network network, Weights weights) {
      this.network = network;
      this.source = weights;
      this.next = network.inputs().size();
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
      if (now.containsKey(node.outputs().get(0))) {
        return; // a norm that its convolution has taken up
      }
      List<Value> made = node.accept(this);
      for (int i = 0; i < made.size(); i++) {
        now.put(node.outputs().get(i), made.get(i));
      }
    }

    @Override
    public List<Value> weight(Node node, Op.Weight op) {
      Value made = add(node.output().name(), op, List.of());
      constants.put(made, op.key());
      return List.of(made);
    }

    @Override
    public List<Value> constant(Node node, Op.Constant op) {
      String key = node.output().name() + "*constant";
      weights.add(key, () -> Tensor.of(op.values(), op.shape().dims()));
      return List.of(constant(node.output(), key));
    }

    @Override
    public List<Value> conv(Node node, Op.Conv op) {
      Node norm = normAfter.get(node.output());
      return norm == null ? keep(node) : folded(node, norm, folding.of(op, (Op.Norm) norm.op()));
    }

    @Override
    public List<Value> convTranspose(Node node, Op.ConvTranspose op) {
      Node norm = normAfter.get(node.output());
      return norm == null ? keep(node) : folded(node, norm, folding.of(op, (Op.Norm) norm.op()));
    }

    @Override
    public List<Value> linear(Node node, Op.Linear op) {
      Node norm = normAfter.get(node.output());
      return norm == null || node.output().shape().rank() != 2
          ? keep(node)
          : folded(node, norm, folding.of(op, (Op.Norm) norm.op()));
    }

    /** The operation with the norm in it, in the place of both. */
    private List<Value> folded(Node node, Node norm, Op.OneResult op) {
      now.put(norm.output(), add(norm.output().name(), op, currents(node)));
      return List.of();
    }

    /** A norm that nothing takes up: a product and a sum with constants per channel. */
    @Override
    public List<Value> norm(Node node, Op.Norm norm) {
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
      return List.of(add(name, new Op.Add(), List.of(scaled, shift)));
    }

    @Override
    public List<Value> scale(Node node, Op.Scale op) {
      return op.factor() == 1 ? List.of(current(node, 0)) : keep(node);
    }

    @Override
    public List<Value> slice(Node node, Op.Slice op) {
      return List.of(slice(node, node.output(), op));
    }

    /** The parts as slices, which layouts place without copies. */
    @Override
    public List<Value> split(Node node, Op.Split op) {
      List<Value> parts = new ArrayList<>();
      for (Op.Slice slice : op.slices()) {
        parts.add(slice(node, node.outputs().get(parts.size()), slice));
      }
      return parts;
    }

    private Value slice(Node node, Value part, Op.Slice op) {
      Value x = current(node, 0);
      String constant = constants.get(x);
      if (constant != null) {
        String key = "%s*%s".formatted(constant, part.name());
        weights.add(key, () -> ConstantFolding.slice(weights.get(constant), op));
        return constant(part, key);
      }
      return part.shape().equals(x.shape()) ? x : add(part.name(), op, List.of(x));
    }

    @Override
    public List<Value> reshape(Node node, Op.Reshape op) {
      String constant = constants.get(current(node, 0));
      if (constant != null) {
        String key = "%s*%s".formatted(constant, node.output().name());
        weights.add(key, () -> weights.get(constant).reshaped(op.shape()));
        return List.of(constant(node.output(), key));
      }
      return unlessNothingChanges(node);
    }

    /** A maximum, over a narrower one of the same map where there is one. */
    @Override
    public List<Value> maxPool(Node node, Op.MaxPool pool) {
      Value x = current(node, 0);
      PoolCascade.Maximum least = cascade.least(x, pool);
      Value made = add(node.output().name(), least.pool(), List.of(least.of()));
      cascade.add(x, pool, made);
      return List.of(made);
    }

    @Override
    public List<Value> concat(Node node, Op.Concat op) {
      return unlessNothingChanges(node);
    }

    @Override
    public List<Value> upsample(Node node, Op.Upsample op) {
      return unlessNothingChanges(node);
    }

    @Override
    public List<Value> pixelShuffle(Node node, Op.PixelShuffle op) {
      return unlessNothingChanges(node);
    }

    private List<Value> unlessNothingChanges(Node node) {
      return node.inputs().size() == 1 && node.output().shape().equals(node.inputs().get(0).shape())
          ? List.of(current(node, 0))
          : keep(node);
    }

    @Override
    public List<Value> activation(Node node, Op.Activation op) {
      return keep(node);
    }

    @Override
    public List<Value> scaleNorm(Node node, Op.ScaleNorm op) {
      return keep(node);
    }

    @Override
    public List<Value> layerNorm(Node node, Op.LayerNorm op) {
      return keep(node);
    }

    @Override
    public List<Value> softmax(Node node, Op.Softmax op) {
      return keep(node);
    }

    @Override
    public List<Value> add(Node node, Op.Add op) {
      return keep(node);
    }

    @Override
    public List<Value> mul(Node node, Op.Mul op) {
      return keep(node);
    }

    @Override
    public List<Value> normalizePixels(Node node, Op.NormalizePixels op) {
      return keep(node);
    }

    @Override
    public List<Value> globalAvgPool(Node node, Op.GlobalAvgPool op) {
      return keep(node);
    }

    @Override
    public List<Value> focus(Node node, Op.Focus op) {
      return keep(node);
    }

    @Override
    public List<Value> matMul(Node node, Op.MatMul op) {
      return keep(node);
    }

    @Override
    public List<Value> transpose(Node node, Op.Transpose op) {
      return keep(node);
    }

    private static float[] floats(double[] values) {
      float[] out = new float[values.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) values[i];
      }
      return out;
    }

    private Value constant(Value value, String key) {
      Value made = add(value.name(), new Op.Weight(key, value.shape()), List.of());
      constants.put(made, key);
      return made;
    }

    private List<Value> keep(Node node) {
      List<Value> made = new ArrayList<>();
      for (Value old : node.outputs()) {
        made.add(new Value(next++, old.name(), old.shape()));
      }
      nodes.add(new Node(node.op(), currents(node), made));
      return made;
    }

    private Value add(String name, Op.OneResult op, List<Value> inputs) {
      Value made = new Value(next++, name, op.infer(inputs.stream().map(Value::shape).toList()));
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
