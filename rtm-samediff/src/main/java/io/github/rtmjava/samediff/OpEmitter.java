package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Emits the operations of a network one by one; what a node makes bears the node's name. */
final class OpEmitter {
  private final SameDiff graph;
  private final Activations activations;
  private final Variables variables;
  private final Foldings foldings;
  private final Convolutions convolutions;

  OpEmitter(SameDiff graph, Activations activations, Variables variables, Foldings foldings) {
    this.graph = graph;
    this.activations = activations;
    this.variables = variables;
    this.foldings = foldings;
    this.convolutions = new Convolutions(graph, variables, foldings);
  }

  void emit(Node node) throws IOException {
    Op op = node.op();
    if (op instanceof Op.Weight weight) {
      SDVariable stored = variables.get(weight.key(), weight.shape().dims());
      activations.put(node.output(), Layout.NCHW, stored);
    } else if (op instanceof Op.Constant constant) {
      SDVariable stored = variables.constant(name(node), constant);
      activations.put(node.output(), Layout.NCHW, stored);
    } else if (op instanceof Op.Conv conv) {
      conv(node, conv);
    } else if (op instanceof Op.ConvTranspose conv) {
      image(node, convolutions.transposed(name(node), conv, input(node, Layout.NHWC)));
    } else if (op instanceof Op.Norm norm) {
      norm(node, norm);
    } else if (op instanceof Op.Activation activation) {
      elementwise(node, x -> activation(name(node), activation.function(), x));
    } else if (op instanceof Op.Scale scale) {
      elementwise(node, x -> x.mul(name(node), scale.factor()));
    } else if (op instanceof Op.ScaleNorm scaleNorm) {
      scaleNorm(node, scaleNorm);
    } else if (op instanceof Op.LayerNorm layerNorm) {
      layerNorm(node, layerNorm);
    } else if (op instanceof Op.Softmax) {
      plain(node, graph.nn().softmax(name(node), input(node, Layout.NCHW), -1));
    } else if (op instanceof Op.Transpose) {
      plain(node, graph.permute(name(node), input(node, Layout.NCHW), 0, 2, 1));
    } else if (op instanceof Op.Add) {
      Layout layout = activations.common(node.inputs());
      SDVariable[] in = activations.get(node.inputs(), layout);
      activations.put(node.output(), layout, in[0].add(name(node), in[1]));
    } else if (op instanceof Op.Mul) {
      Layout layout = activations.common(node.inputs());
      SDVariable[] in = activations.get(node.inputs(), layout);
      activations.put(node.output(), layout, in[0].mul(name(node), in[1]));
    } else if (op instanceof Op.Concat concat) {
      Layout layout = activations.common(node.inputs());
      SDVariable[] in = activations.get(node.inputs(), layout);
      SDVariable joined = graph.concat(name(node), layout.axis(concat.axis()), in);
      activations.put(node.output(), layout, joined);
    } else if (op instanceof Op.Slice slice) {
      slice(node, slice);
    } else if (op instanceof Op.MaxPool pool) {
      SDVariable x = input(node, Layout.NHWC);
      image(node, graph.cnn().maxPooling2d(name(node), x, window(pool)));
    } else if (op instanceof Op.GlobalAvgPool) {
      Shape in = node.inputs().get(0).shape();
      image(node, globalMean(name(node), input(node, Layout.NHWC), in));
    } else if (op instanceof Op.Upsample upsample) {
      upsample(node, upsample.factor());
    } else if (op instanceof Op.PixelShuffle shuffle) {
      pixelShuffle(node, shuffle.factor());
    } else if (op instanceof Op.Focus) {
      focus(node);
    } else if (op instanceof Op.Linear linear) {
      linear(node, linear);
    } else if (op instanceof Op.MatMul matMul) {
      SDVariable[] in = activations.get(node.inputs(), Layout.NCHW);
      plain(node, graph.mmul(name(node), in[0], in[1], false, matMul.transposeB(), false));
    } else if (op instanceof Op.Reshape reshape) {
      plain(node, graph.reshape(name(node), input(node, Layout.NCHW), dims(reshape.shape())));
    } else {
      throw new EngineException(
          "samediff cannot run the operation %s of %s"
              .formatted(op.getClass().getSimpleName(), node.output().name()));
    }
  }

  private String name(Node node) {
    return activations.name(node.output());
  }

  private SDVariable input(Node node, Layout layout) {
    return activations.get(node.inputs().get(0), layout);
  }

  private void plain(Node node, SDVariable made) {
    activations.put(node.output(), Layout.NCHW, made);
  }

  private void image(Node node, SDVariable made) {
    activations.put(node.output(), Layout.NHWC, made);
  }

  private void elementwise(Node node, Step step) {
    Layout layout = activations.layout(node.inputs().get(0));
    activations.put(node.output(), layout, step.apply(input(node, layout)));
  }

  private void conv(Node node, Op.Conv conv) throws IOException {
    Node normNode = foldings.normOf(node);
    Op.Norm norm = normNode == null ? null : (Op.Norm) normNode.op();
    Value made = normNode == null ? node.output() : normNode.output();
    SDVariable x = input(node, Layout.NHWC);
    SDVariable y = convolutions.emit(activations.name(made), conv, norm, x);
    activations.put(made, Layout.NHWC, y);
  }

  private void norm(Node node, Op.Norm norm) throws IOException {
    if (foldings.contains(node)) {
      return;
    }
    Layout layout = activations.layout(node.inputs().get(0));
    SDVariable y =
        graph
            .nn()
            .batchNorm(
                name(node),
                input(node, layout),
                variables.get(norm.mean(), norm.channels()),
                variables.get(norm.variance(), norm.channels()),
                variables.get(norm.weight(), norm.channels()),
                variables.get(norm.bias(), norm.channels()),
                norm.eps(),
                layout.axis(1));
    activations.put(node.output(), layout, y);
  }

  private SDVariable activation(String name, Op.Activation.Function function, SDVariable x) {
    return switch (function) {
      case SILU -> graph.nn().swish(name, x);
      case RELU -> graph.nn().relu(name, x, 0);
      case SIGMOID -> graph.nn().sigmoid(name, x);
      // ND4J's own hard sigmoid has another slope (0.2).
      case HARD_SIGMOID ->
          graph.math().clipByValue(name + "/relu6", x.add(name + "/plus3", 3), 0, 6).div(name, 6);
      case EXP -> graph.math().exp(name, x);
      // ND4J's own GELU is an approximation.
      case GELU ->
          graph
              .math()
              .erf(name + "/erf", x.mul(name + "/scaled", Math.sqrt(0.5)))
              .add(name + "/doubled", 1)
              .mul(name + "/weight", 0.5)
              .mul(name, x);
    };
  }

  private void scaleNorm(Node node, Op.ScaleNorm op) throws IOException {
    String name = name(node);
    SDVariable x = input(node, Layout.NCHW);
    int features = node.output().shape().dim(-1);
    SDVariable norm = x.norm2(name + "/norm", true, node.output().shape().rank() - 1);
    SDVariable rms = norm.mul(name + "/rms", 1 / Math.sqrt(features));
    SDVariable divisor = graph.scalarMax(name + "/divisor", rms, op.eps());
    plain(node, x.div(name + "/unit", divisor).mul(name, variables.get(op.g(), 1)));
  }

  private void layerNorm(Node node, Op.LayerNorm op) throws IOException {
    String name = name(node);
    SDVariable x = input(node, Layout.NCHW);
    int last = node.output().shape().rank() - 1;
    SDVariable centred = x.sub(name + "/centred", x.mean(name + "/mean", true, last));
    SDVariable squares = graph.math().square(name + "/squares", centred);
    SDVariable variance = squares.mean(name + "/variance", true, last);
    SDVariable deviation =
        graph.math().sqrt(name + "/deviation", variance.add(name + "/eps", op.eps()));
    SDVariable weighted =
        centred
            .div(name + "/unit", deviation)
            .mul(name + "/weighted", variables.get(op.weight(), op.size()));
    plain(node, weighted.add(name, variables.get(op.bias(), op.size())));
  }

  private void slice(Node node, Op.Slice slice) {
    Value in = node.inputs().get(0);
    Layout layout = activations.layout(in);
    int rank = in.shape().rank();
    int axis = layout.axis(slice.axis() < 0 ? slice.axis() + rank : slice.axis());
    int[] begin = new int[rank];
    int[] size = new int[rank];
    Arrays.fill(size, -1);
    begin[axis] = slice.from();
    size[axis] = slice.to() - slice.from();
    SDVariable part = graph.slice(name(node), activations.get(in, layout), begin, size);
    activations.put(node.output(), layout, part);
  }

  private static Pooling2DConfig window(Op.MaxPool pool) {
    return Pooling2DConfig.builder()
        .kH(pool.kernel())
        .kW(pool.kernel())
        .sH(pool.stride())
        .sW(pool.stride())
        .pH(pool.padding())
        .pW(pool.padding())
        .paddingMode(PaddingMode.VALID)
        .isNHWC(true)
        .build();
  }

  /**
   * Means of the rows, then of the columns: one pass over a whole image, summed in float32 without
   * compensation, is wrong in the fifth digit.
   */
  private SDVariable globalMean(String name, SDVariable x, Shape in) {
    SDVariable rows = graph.cnn().avgPooling2d(name + "/rows", x, window(1, in.dim(3)));
    return graph.cnn().avgPooling2d(name, rows, window(in.dim(2), 1));
  }

  private static Pooling2DConfig window(int height, int width) {
    return Pooling2DConfig.builder()
        .kH(height)
        .kW(width)
        .paddingMode(PaddingMode.VALID)
        .isNHWC(true)
        .build();
  }

  /**
   * Copies side by side, columns first: a concatenation along the innermost axis is several times
   * faster than ND4J's upsampling.
   */
  private void upsample(Node node, int factor) {
    String name = name(node);
    Shape in = node.inputs().get(0).shape();
    Shape out = node.output().shape();
    SDVariable[] pixels = new SDVariable[factor];
    Arrays.fill(pixels, input(node, Layout.NHWC));
    SDVariable wide = graph.concat(name + "/columns", 3, pixels);
    long row = (long) out.dim(3) * out.dim(1);
    SDVariable[] rows = new SDVariable[factor];
    Arrays.fill(rows, graph.reshape(name + "/row", wide, -1, in.dim(2), row));
    SDVariable tall = graph.concat(name + "/rows", 2, rows);
    long[] shape = Activations.arrange(out.dims(), Layout.NHWC);
    activations.put(node.output(), Layout.NHWC, graph.reshape(name, tall, shape));
  }

  /** ND4J's depth_to_space reads the channels in another order. */
  private void pixelShuffle(Node node, int factor) {
    String name = name(node);
    Shape in = node.inputs().get(0).shape();
    Shape out = node.output().shape();
    long[] split = {-1, in.dim(2), in.dim(3), out.dim(1), factor, factor};
    SDVariable blocks = graph.reshape(name + "/blocks", input(node, Layout.NHWC), split);
    SDVariable woven = graph.permute(name + "/woven", blocks, 0, 1, 4, 2, 5, 3);
    long[] shape = Activations.arrange(out.dims(), Layout.NHWC);
    activations.put(node.output(), Layout.NHWC, graph.reshape(name, woven, shape));
  }

  private void focus(Node node) {
    String name = name(node);
    Shape in = node.inputs().get(0).shape();
    Shape out = node.output().shape();
    long[] split = {-1, out.dim(2), 2, out.dim(3), 2, in.dim(1)};
    SDVariable blocks = graph.reshape(name + "/blocks", input(node, Layout.NHWC), split);
    SDVariable phases = graph.permute(name + "/phases", blocks, 0, 1, 3, 4, 2, 5);
    long[] shape = Activations.arrange(out.dims(), Layout.NHWC);
    image(node, graph.reshape(name, phases, shape));
  }

  /** As a product of two matrices: ND4J hands products of higher rank to slower code. */
  private void linear(Node node, Op.Linear op) throws IOException {
    String name = name(node);
    Value in = node.inputs().get(0);
    boolean flat = in.shape().rank() == 2;
    SDVariable x = activations.get(in, Layout.NCHW);
    SDVariable rows = flat ? x : graph.reshape(name + "/rows", x, -1, op.in());
    String last = flat ? name : name + "/product";
    SDVariable weight = variables.get(op.weight(), op.out(), op.in());
    SDVariable y =
        graph.mmul(op.bias() == null ? last : name + "/mmul", rows, weight, false, true, false);
    if (op.bias() != null) {
      y = y.add(last, variables.get(op.bias(), op.out()));
    }
    plain(node, flat ? y : graph.reshape(name, y, dims(node.output().shape())));
  }

  private static long[] dims(Shape shape) {
    return LongStream.range(0, shape.rank()).map(i -> shape.dim((int) i)).toArray();
  }

  /** From what a node reads to what it makes. */
  @FunctionalInterface
  private interface Step {
    SDVariable apply(SDVariable x);
  }
}
