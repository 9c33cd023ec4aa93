package io.github.rtmjava.compiler;

import io.github.rtmjava.compiler.Kernel.Arithmetic;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.OpVisitor;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Turns a simplified network into a program: fused operations become steps. */
public final class Lowering {
  private final Map<Value, Slot> slots = new HashMap<>();
  private final Map<Value, Op.Weight> constants = new HashMap<>();
  private final Map<Value, Value> undone;
  private final DerivedWeights weights;
  private final List<Step> steps = new ArrayList<>();
  private int next;

  private Lowering(Simplification simplified) {
    undone = TransposeElimination.undone(simplified.network());
    weights = new DerivedWeights(simplified.weights());
  }

  /**
   * The program of a network.
   *
   * @throws EngineException if there is an operation that no step can do; the message names it
   */
  public static Program of(Simplification simplified) {
    return new Lowering(simplified).program(simplified.network());
  }

  private Program program(Network network) {
    Map<String, Slot> inputs = new LinkedHashMap<>();
    for (Value input : network.inputs()) {
      Shape shape = input.shape();
      boolean planes = shape.rank() == 4 && input.type() != DType.UINT8;
      // Pixels of bytes have their channels last as maps have them.
      Shape map =
          shape.rank() == 4 && !planes
              ? Shape.of(shape.dim(0), shape.dim(3), shape.dim(1), shape.dim(2))
              : shape;
      Slot given = slot(input.name(), map);
      inputs.put(input.name(), given);
      Kernel load = new Kernel.Load(input.type(), planes);
      slots.put(input, step(input.name() + "*", load, List.of(given), map));
    }
    Map<Value, OperatorFusion.FusedOperators> fusion = OperatorFusion.of(network);
    for (Node node : network.nodes()) {
      OperatorFusion.FusedOperators fused = fusion.get(node.output());
      if (node.op() instanceof Op.Weight weight) {
        constants.put(node.output(), weight);
      } else if (fused != null && !undone.containsKey(node.output())) {
        slots.put(node.output(), lower(fused));
      }
    }
    Map<String, Slot> outputs = new LinkedHashMap<>();
    network.outputs().forEach((name, value) -> outputs.put(name, output(value)));
    return new Program(network.name(), inputs, steps, outputs, weights);
  }

  private Slot lower(OperatorFusion.FusedOperators fused) {
    Node node = fused.first();
    List<Slot> in = new ArrayList<>();
    Kernel kernel = node.accept(new KernelSelection(in));
    if (fused.addend() != null) {
      in.add(slot(fused.addend(), node));
    }
    Slot made = slot(fused.result().name(), fused.result().shape());
    steps.add(new Step(made.name(), kernel, in, fused.post(), made));
    return made;
  }

  /** Chooses a node's kernel, and collects what that reads. */
  private final class KernelSelection implements OpVisitor<Kernel, RuntimeException> {
    private final List<Slot> in;

    KernelSelection(List<Slot> in) {
      this.in = in;
    }

    @Override
    public Kernel add(Node node, Op.Add op) {
      return combine(node, Arithmetic.ADD, in);
    }

    @Override
    public Kernel mul(Node node, Op.Mul op) {
      if (node.inputs().get(0).equals(node.inputs().get(1))) {
        return elementwise(node);
      }
      return combine(node, Arithmetic.MULTIPLY, in);
    }

    @Override
    public Kernel activation(Node node, Op.Activation op) {
      return elementwise(node);
    }

    @Override
    public Kernel scale(Node node, Op.Scale op) {
      return elementwise(node);
    }

    /** Only what is done to each element. */
    private Kernel elementwise(Node node) {
      in.add(slot(node.inputs().get(0), node));
      return new Kernel.Elementwise();
    }

    @Override
    public Kernel conv(Node node, Op.Conv op) {
      read(node);
      return new Kernel.Convolution(
          op.weight(),
          op.bias(),
          op.in(),
          op.out(),
          op.kernel(),
          op.stride(),
          op.padding(),
          op.groups());
    }

    @Override
    public Kernel convTranspose(Node node, Op.ConvTranspose op) {
      read(node);
      return new Kernel.TransposedConvolution(
          op.weight(), op.bias(), op.in(), op.out(), op.kernel(), op.stride(), op.padding());
    }

    @Override
    public Kernel linear(Node node, Op.Linear op) {
      requireRows(node);
      read(node);
      return new Kernel.Convolution(op.weight(), op.bias(), op.in(), op.out(), 1, 1, 0, 1);
    }

    @Override
    public Kernel matMul(Node node, Op.MatMul op) {
      read(node);
      return new Kernel.Product(op.transposeB());
    }

    @Override
    public Kernel maxPool(Node node, Op.MaxPool op) {
      read(node);
      return new Kernel.MaxPool(op.kernel(), op.stride(), op.padding());
    }

    @Override
    public Kernel globalAvgPool(Node node, Op.GlobalAvgPool op) {
      read(node);
      return new Kernel.Mean();
    }

    @Override
    public Kernel scaleNorm(Node node, Op.ScaleNorm op) {
      requireRows(node);
      read(node);
      return new Kernel.ScaleNorm(op.g(), op.eps());
    }

    @Override
    public Kernel layerNorm(Node node, Op.LayerNorm op) {
      requireRows(node);
      read(node);
      return new Kernel.LayerNorm(op.weight(), op.bias(), op.eps());
    }

    @Override
    public Kernel softmax(Node node, Op.Softmax op) {
      requireRows(node);
      read(node);
      return new Kernel.Softmax();
    }

    @Override
    public Kernel focus(Node node, Op.Focus op) {
      read(node);
      return new Kernel.Focus();
    }

    @Override
    public Kernel upsample(Node node, Op.Upsample op) {
      read(node);
      return new Kernel.Upsample(op.factor());
    }

    @Override
    public Kernel pixelShuffle(Node node, Op.PixelShuffle op) {
      read(node);
      return new Kernel.PixelShuffle(op.factor());
    }

    @Override
    public Kernel concat(Node node, Op.Concat op) {
      requireChannels(op.axis(), node);
      read(node);
      return new Kernel.Join();
    }

    @Override
    public Kernel slice(Node node, Op.Slice op) {
      requireChannels(op.axis(), node);
      read(node);
      return new Kernel.Window(op.from());
    }

    @Override
    public Kernel normalizePixels(Node node, Op.NormalizePixels op) {
      Slot pixels = slot(node.inputs().get(0), node);
      String shift = perChannel(node, "*shift", op.mean(), mean -> -mean);
      String scale = perChannel(node, "*scale", op.std(), std -> 1 / std);
      in.add(
          step(
              node.name() + "*shifted",
              new Kernel.CombineConstant(Arithmetic.ADD, shift),
              List.of(pixels),
              node.output().shape()));
      return new Kernel.CombineConstant(Arithmetic.MULTIPLY, scale);
    }

    /** Key of a constant for each channel. */
    private String perChannel(
        Node node, String suffix, List<Double> values, DoubleUnaryOperator function) {
      float[] floats = new float[values.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) function.applyAsDouble(values.get(i));
      }
      weights.add(node.name() + suffix, () -> Tensor.of(floats, floats.length));
      return node.name() + suffix;
    }

    @Override
    public Kernel transpose(Node node, Op.Transpose op) {
      if (turnsBack(node)) {
        return new Kernel.Reshape();
      }
      read(node);
      return new Kernel.Transpose();
    }

    @Override
    public Kernel reshape(Node node, Op.Reshape op) {
      if (turnsBack(node)) {
        return new Kernel.Reshape();
      }
      read(node);
      return TransposeElimination.turns(node) ? new Kernel.Transpose() : reshaped(node, in);
    }

    /** Whether the node makes again what was turned, which it reads then. */
    private boolean turnsBack(Node node) {
      Value before = undone.get(node.inputs().get(0));
      if (before == null || !TransposeElimination.turns(node)) {
        return false;
      }
      in.add(slot(before, node));
      return true;
    }

    /** Weights become no steps. */
    @Override
    public Kernel weight(Node node, Op.Weight op) {
      throw unable(node);
    }

    /** Simplification leaves none. */
    @Override
    public Kernel constant(Node node, Op.Constant op) {
      throw unable(node);
    }

    /** Simplification leaves none. */
    @Override
    public Kernel norm(Node node, Op.Norm op) {
      throw unable(node);
    }

    /** Simplification leaves none. */
    @Override
    public Kernel split(Node node, Op.Split op) {
      throw unable(node);
    }

    private void read(Node node) {
      node.inputs().forEach(value -> in.add(slot(value, node)));
    }

    private void requireRows(Node node) {
      if (node.output().shape().rank() == 4) {
        throw unable(node);
      }
    }

    private void requireChannels(int axis, Node node) {
      if (!channelAxis(axis, node)) {
        throw unable(node);
      }
    }
  }

  private static boolean channelAxis(int axis, Node node) {
    int rank = node.output().shape().rank();
    return (axis < 0 ? axis + rank : axis) == (rank == 4 ? 1 : rank - 1);
  }

  /** By way of rows in the network's order where a map is not in that order. */
  private Kernel reshaped(Node node, List<Slot> in) {
    Shape to = node.output().shape();
    if (!ordered(node.inputs().get(0).shape())) {
      in.set(0, rows(in.get(0)));
    }
    if (ordered(to)) {
      return new Kernel.Reshape();
    }
    String name = node.output().name() + "*rows";
    Slot rows = new Slot(next++, name, to.dim(1), 1, to.dim(2) * to.dim(3));
    steps.add(new Step(name, new Kernel.Reshape(), List.copyOf(in), List.of(), rows));
    in.set(0, rows);
    return new Kernel.Transpose();
  }

  /** Whether a map of that shape has its elements in the network's order. */
  private static boolean ordered(Shape shape) {
    return shape.rank() < 4 || shape.dim(1) == 1 || shape.dim(2) * shape.dim(3) == 1;
  }

  /** An image's channels as rows of pixels. */
  private Slot rows(Slot image) {
    Slot rows = new Slot(next++, image.name() + "*", image.channels(), 1, image.pixels());
    steps.add(new Step(rows.name(), new Kernel.Transpose(), List.of(image), List.of(), rows));
    return rows;
  }

  private Kernel combine(Node node, Arithmetic arithmetic, List<Slot> in) {
    Value a = node.inputs().get(0);
    Value b = node.inputs().get(1);
    if (constants.containsKey(a)) {
      Value swap = a;
      a = b;
      b = swap;
    }
    Slot x = slot(a, node);
    in.add(x);
    Op.Weight constant = constants.get(b);
    if (constant != null) {
      if (!node.output().shape().equals(a.shape())) {
        throw unable(node);
      }
      return new Kernel.CombineConstant(arithmetic, constant(constant, a.shape(), node));
    }
    Slot y = slot(b, node);
    if (x.pixels() == 1 && y.pixels() != 1) {
      in.set(0, y);
      y = x;
    }
    in.add(y);
    Slot whole = in.get(0);
    boolean everyPixel = y.height() == whole.height() && y.width() == whole.width();
    if (y.channels() != whole.channels() || (y.pixels() != 1 && !everyPixel)) {
      throw unable(node);
    }
    return new Kernel.Combine(arithmetic);
  }

  /** Key of the constant, spread over all elements unless it is one per channel or one for all. */
  private String constant(Op.Weight constant, Shape map, Node node) {
    Shape shape = constant.shape();
    int axis = map.rank() == 4 ? 3 : 1;
    boolean perChannel =
        shape.rank() >= axis
            && shape.elements() == shape.dim(-axis)
            && shape.dim(-axis) == map.dim(map.rank() == 4 ? 1 : -1);
    if (shape.elements() == 1 || perChannel) {
      return constant.key();
    }
    String key = "%s*%s".formatted(constant.key(), node.output().name());
    weights.add(key, () -> ConstantFolding.spread(weights.get(constant.key()), map));
    return key;
  }

  private Slot output(Value value) {
    Slot made = slots.get(value);
    if (made == null) {
      throw new EngineException("the output " + value.name() + " is an input or a weight");
    }
    return ordered(value.shape()) ? made : rows(made);
  }

  private Slot step(String name, Kernel kernel, List<Slot> in, Shape shape) {
    Slot made = slot(name, shape);
    steps.add(new Step(name, kernel, in, List.of(), made));
    return made;
  }

  private Slot slot(Value value, Node reader) {
    Slot slot = slots.get(value);
    if (slot == null) {
      throw unable(reader);
    }
    return slot;
  }

  private Slot slot(String name, Shape shape) {
    if (shape.hasBatch() && shape.rank() == 4) {
      return new Slot(next++, name, shape.dim(2), shape.dim(3), shape.dim(1));
    } else if (shape.hasBatch() && shape.rank() == 3) {
      return new Slot(next++, name, shape.dim(1), 1, shape.dim(2));
    } else if (shape.hasBatch() && shape.rank() == 2) {
      return new Slot(next++, name, 1, 1, shape.dim(1));
    }
    throw new EngineException(
        "%s: expected a value [N, C, H, W], [N, rows, features] or [N, features], found %s"
            .formatted(name, shape));
  }

  private static EngineException unable(Node node) {
    return new EngineException(
        "the compiler has no step for %s of %s at '%s': this engine cannot run such a network"
            .formatted(node.op(), node.inputs().stream().map(Value::shape).toList(), node.name()));
  }
}
