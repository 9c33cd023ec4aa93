package io.github.rtmjava.compiler;

import io.github.rtmjava.compiler.Kernel.Arithmetic;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
      Slot given = slot(input.name(), input.shape());
      inputs.put(input.name(), given);
      slots.put(
          input,
          step(
              input.name() + "*",
              new Kernel.Load(input.shape().rank() == 4),
              List.of(given),
              input.shape()));
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
    Kernel kernel = kernel(node, in);
    if (fused.addend() != null) {
      in.add(slot(fused.addend(), node));
    }
    Slot made = slot(fused.result().name(), fused.result().shape());
    steps.add(new Step(made.name(), kernel, in, fused.post(), made));
    return made;
  }

  private Kernel kernel(Node node, List<Slot> in) {
    Op op = node.op();
    if (op instanceof Op.Add) {
      return combine(node, Arithmetic.ADD, in);
    } else if (OperatorFusion.post(node) != null) {
      in.add(slot(node.inputs().get(0), node));
      return new Kernel.Elementwise();
    } else if (op instanceof Op.Mul) {
      return combine(node, Arithmetic.MULTIPLY, in);
    } else if (TransposeElimination.turns(node) && undone.containsKey(node.inputs().get(0))) {
      in.add(slot(Objects.requireNonNull(undone.get(node.inputs().get(0))), node));
      return new Kernel.Reshape();
    }
    node.inputs().forEach(value -> in.add(slot(value, node)));
    boolean image = node.output().shape().rank() == 4;
    if (op instanceof Op.Conv c) {
      return new Kernel.Convolution(
          c.weight(), c.bias(), c.in(), c.out(), c.kernel(), c.stride(), c.padding(), c.groups());
    } else if (op instanceof Op.ConvTranspose c) {
      return new Kernel.TransposedConvolution(
          c.weight(), c.bias(), c.in(), c.out(), c.kernel(), c.stride(), c.padding());
    } else if (op instanceof Op.Linear l && !image) {
      return new Kernel.Convolution(l.weight(), l.bias(), l.in(), l.out(), 1, 1, 0, 1);
    } else if (op instanceof Op.MatMul product) {
      return new Kernel.Product(product.transposeB());
    } else if (op instanceof Op.MaxPool pool) {
      return new Kernel.MaxPool(pool.kernel(), pool.stride(), pool.padding());
    } else if (op instanceof Op.GlobalAvgPool) {
      return new Kernel.Mean();
    } else if (op instanceof Op.ScaleNorm norm && !image) {
      return new Kernel.ScaleNorm(norm.g(), norm.eps());
    } else if (op instanceof Op.LayerNorm norm && !image) {
      return new Kernel.LayerNorm(norm.weight(), norm.bias(), norm.eps());
    } else if (op instanceof Op.Softmax && !image) {
      return new Kernel.Softmax();
    } else if (op instanceof Op.Focus) {
      return new Kernel.Focus();
    } else if (op instanceof Op.Upsample up) {
      return new Kernel.Upsample(up.factor());
    } else if (op instanceof Op.PixelShuffle shuffle) {
      return new Kernel.PixelShuffle(shuffle.factor());
    } else if (op instanceof Op.Concat concat && channelAxis(concat.axis(), node)) {
      return new Kernel.Join();
    } else if (op instanceof Op.Slice slice && channelAxis(slice.axis(), node)) {
      return new Kernel.Window(slice.from());
    } else if (TransposeElimination.turns(node)) {
      return new Kernel.Transpose();
    } else if (op instanceof Op.Reshape) {
      return reshape(node, in);
    }
    throw unable(node);
  }

  private static boolean channelAxis(int axis, Node node) {
    int rank = node.output().shape().rank();
    return (axis < 0 ? axis + rank : axis) == (rank == 4 ? 1 : rank - 1);
  }

  /** By way of rows in the network's order where a map is not in that order. */
  private Kernel reshape(Node node, List<Slot> in) {
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
            .formatted(
                node.op(),
                node.inputs().stream().map(Value::shape).toList(),
                node.output().name()));
  }
}
