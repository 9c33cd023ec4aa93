package io.github.rtmjava.samediff;

import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.OpVisitor;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Emits the operations of a network one by one; what a node makes bears the node's name. */
final class OpEmitter implements OpVisitor<OpEmitter.Made, IOException> {
  private final SameDiff graph;
  private final GraphValues activations;
  private final GraphWeights variables;
  private final FoldedNorms foldings;
  private final ConvolutionEmitter convolutions;

  OpEmitter(SameDiff graph, GraphValues activations, GraphWeights variables, FoldedNorms foldings) {
    this.graph = graph;
    this.activations = activations;
    this.variables = variables;
    this.foldings = foldings;
    this.convolutions = new ConvolutionEmitter(graph, variables, foldings);
  }

  void emit(Node node) throws IOException {
    if (foldings.contains(node)) {
      return; // its convolution has made it
    }
    Node norm = foldings.normOf(node);
    List<Value> results = norm == null ? node.outputs() : norm.outputs();
    Made made = node.accept(this);
    for (int i = 0; i < results.size(); i++) {
      activations.put(results.get(i), made.format, made.variables.get(i));
    }
  }

  /** The results of a node, with their axes in an order. */
  record Made(DataFormat format, List<SDVariable> variables) {
    private Made(DataFormat format, SDVariable variable) {
      this(format, List.of(variable));
    }
  }

  @Override
  public Made weight(Node node, Op.Weight op) throws IOException {
    return plain(variables.get(op.key(), op.shape().dims()));
  }

  @Override
  public Made constant(Node node, Op.Constant op) throws IOException {
    return plain(variables.constant(name(node), op));
  }

  @Override
  public Made conv(Node node, Op.Conv op) throws IOException {
    Node normNode = foldings.normOf(node);
    Op.Norm norm = normNode == null ? null : (Op.Norm) normNode.op();
    String name = name(normNode == null ? node : normNode);
    return image(convolutions.emit(name, op, norm, input(node, DataFormat.NHWC)));
  }

  @Override
  public Made convTranspose(Node node, Op.ConvTranspose op) throws IOException {
    return image(convolutions.transposed(name(node), op, input(node, DataFormat.NHWC)));
  }

  @Override
  public Made norm(Node node, Op.Norm norm) throws IOException {
    DataFormat format = activations.format(node.inputs().get(0));
    SDVariable y =
        graph
            .nn()
            .batchNorm(
                name(node),
                input(node, format),
                variables.get(norm.mean(), norm.channels()),
                variables.get(norm.variance(), norm.channels()),
                variables.get(norm.weight(), norm.channels()),
                variables.get(norm.bias(), norm.channels()),
                norm.eps(),
                format.axis(1));
    return new Made(format, y);
  }

  @Override
  public Made activation(Node node, Op.Activation op) {
    DataFormat format = activations.format(node.inputs().get(0));
    return new Made(format, activation(name(node), op.function(), input(node, format)));
  }

  @Override
  public Made scale(Node node, Op.Scale op) {
    DataFormat format = activations.format(node.inputs().get(0));
    return new Made(format, input(node, format).mul(name(node), op.factor()));
  }

  @Override
  public Made softmax(Node node, Op.Softmax op) {
    return plain(graph.nn().softmax(name(node), input(node, DataFormat.NCHW), -1));
  }

  @Override
  public Made transpose(Node node, Op.Transpose op) {
    return plain(graph.permute(name(node), input(node, DataFormat.NCHW), 0, 2, 1));
  }

  @Override
  public Made add(Node node, Op.Add op) {
    DataFormat format = activations.common(node.inputs());
    SDVariable[] in = activations.get(node.inputs(), format);
    return new Made(format, in[0].add(name(node), in[1]));
  }

  @Override
  public Made mul(Node node, Op.Mul op) {
    DataFormat format = activations.common(node.inputs());
    SDVariable[] in = activations.get(node.inputs(), format);
    return new Made(format, in[0].mul(name(node), in[1]));
  }

  @Override
  public Made concat(Node node, Op.Concat op) {
    DataFormat format = activations.common(node.inputs());
    SDVariable[] in = activations.get(node.inputs(), format);
    return new Made(format, graph.concat(name(node), format.axis(op.axis()), in));
  }

  @Override
  public Made maxPool(Node node, Op.MaxPool op) {
    return image(graph.cnn().maxPooling2d(name(node), input(node, DataFormat.NHWC), window(op)));
  }

  @Override
  public Made globalAvgPool(Node node, Op.GlobalAvgPool op) {
    Shape in = node.inputs().get(0).shape();
    return image(globalMean(name(node), input(node, DataFormat.NHWC), in));
  }

  @Override
  public Made matMul(Node node, Op.MatMul op) {
    SDVariable[] in = activations.get(node.inputs(), DataFormat.NCHW);
    return plain(graph.mmul(name(node), in[0], in[1], false, op.transposeB(), false));
  }

  @Override
  public Made reshape(Node node, Op.Reshape op) {
    return plain(graph.reshape(name(node), input(node, DataFormat.NCHW), dims(op.shape())));
  }

  private String name(Node node) {
    return activations.name(node.output());
  }

  private SDVariable input(Node node, DataFormat format) {
    return activations.get(node.inputs().get(0), format);
  }

  private static Made plain(SDVariable made) {
    return new Made(DataFormat.NCHW, made);
  }

  private static Made image(SDVariable made) {
    return new Made(DataFormat.NHWC, made);
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

  @Override
  public Made scaleNorm(Node node, Op.ScaleNorm op) throws IOException {
    String name = name(node);
    SDVariable x = input(node, DataFormat.NCHW);
    int features = node.output().shape().dim(-1);
    SDVariable norm = x.norm2(name + "/norm", true, node.output().shape().rank() - 1);
    SDVariable rms = norm.mul(name + "/rms", 1 / Math.sqrt(features));
    SDVariable divisor = graph.scalarMax(name + "/divisor", rms, op.eps());
    return plain(x.div(name + "/unit", divisor).mul(name, variables.get(op.g(), 1)));
  }

  @Override
  public Made layerNorm(Node node, Op.LayerNorm op) throws IOException {
    String name = name(node);
    SDVariable x = input(node, DataFormat.NCHW);
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
    return plain(weighted.add(name, variables.get(op.bias(), op.size())));
  }

  @Override
  public Made slice(Node node, Op.Slice op) {
    DataFormat format = activations.format(node.inputs().get(0));
    return new Made(format, slice(name(node), node, op, format));
  }

  @Override
  public Made split(Node node, Op.Split op) {
    DataFormat format = activations.format(node.inputs().get(0));
    List<SDVariable> parts = new ArrayList<>();
    for (Op.Slice slice : op.slices()) {
      String name = activations.name(node.outputs().get(parts.size()));
      parts.add(slice(name, node, slice, format));
    }
    return new Made(format, parts);
  }

  private SDVariable slice(String name, Node node, Op.Slice slice, DataFormat format) {
    Value in = node.inputs().get(0);
    int rank = in.shape().rank();
    int axis = format.axis(slice.axis() < 0 ? slice.axis() + rank : slice.axis());
    int[] begin = new int[rank];
    int[] size = new int[rank];
    Arrays.fill(size, -1);
    begin[axis] = slice.from();
    size[axis] = slice.to() - slice.from();
    return graph.slice(name, activations.get(in, format), begin, size);
  }

  /** Pixels are declared with their channels last, as images lie in the graph. */
  @Override
  public Made normalizePixels(Node node, Op.NormalizePixels op) throws IOException {
    String name = name(node);
    SDVariable floats = input(node, DataFormat.NCHW).castTo(name + "/floats", DataType.FLOAT);
    SDVariable centred = floats.sub(name + "/centred", perChannel(name + "/mean", op.mean()));
    return image(centred.div(name, perChannel(name + "/std", op.std())));
  }

  private SDVariable perChannel(String name, List<Double> values) throws IOException {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return variables.constant(name, new Op.Constant(Shape.of(floats.length), floats));
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
  @Override
  public Made upsample(Node node, Op.Upsample op) {
    int factor = op.factor();
    String name = name(node);
    Shape in = node.inputs().get(0).shape();
    Shape out = node.output().shape();
    SDVariable[] pixels = new SDVariable[factor];
    Arrays.fill(pixels, input(node, DataFormat.NHWC));
    SDVariable wide = graph.concat(name + "/columns", 3, pixels);
    long row = (long) out.dim(3) * out.dim(1);
    SDVariable[] rows = new SDVariable[factor];
    Arrays.fill(rows, graph.reshape(name + "/row", wide, -1, in.dim(2), row));
    SDVariable tall = graph.concat(name + "/rows", 2, rows);
    long[] shape = GraphValues.arrange(out.dims(), DataFormat.NHWC);
    return image(graph.reshape(name, tall, shape));
  }

  /** ND4J's depth_to_space reads the channels in another order. */
  @Override
  public Made pixelShuffle(Node node, Op.PixelShuffle op) {
    int factor = op.factor();
    String name = name(node);
    Shape in = node.inputs().get(0).shape();
    Shape out = node.output().shape();
    long[] split = {-1, in.dim(2), in.dim(3), out.dim(1), factor, factor};
    SDVariable blocks = graph.reshape(name + "/blocks", input(node, DataFormat.NHWC), split);
    SDVariable woven = graph.permute(name + "/woven", blocks, 0, 1, 4, 2, 5, 3);
    long[] shape = GraphValues.arrange(out.dims(), DataFormat.NHWC);
    return image(graph.reshape(name, woven, shape));
  }

  @Override
  public Made focus(Node node, Op.Focus op) {
    String name = name(node);
    Shape in = node.inputs().get(0).shape();
    Shape out = node.output().shape();
    long[] split = {-1, out.dim(2), 2, out.dim(3), 2, in.dim(1)};
    SDVariable blocks = graph.reshape(name + "/blocks", input(node, DataFormat.NHWC), split);
    SDVariable phases = graph.permute(name + "/phases", blocks, 0, 1, 3, 4, 2, 5);
    long[] shape = GraphValues.arrange(out.dims(), DataFormat.NHWC);
    return image(graph.reshape(name, phases, shape));
  }

  /** As a product of two matrices: ND4J hands products of higher rank to slower code. */
  @Override
  public Made linear(Node node, Op.Linear op) throws IOException {
    String name = name(node);
    Value in = node.inputs().get(0);
    boolean flat = in.shape().rank() == 2;
    SDVariable x = activations.get(in, DataFormat.NCHW);
    SDVariable rows = flat ? x : graph.reshape(name + "/rows", x, -1, op.in());
    String last = flat ? name : name + "/product";
    SDVariable weight = variables.get(op.weight(), op.out(), op.in());
    SDVariable y =
        graph.mmul(op.bias() == null ? last : name + "/mmul", rows, weight, false, true, false);
    if (op.bias() != null) {
      y = y.add(last, variables.get(op.bias(), op.out()));
    }
    return plain(flat ? y : graph.reshape(name, y, dims(node.output().shape())));
  }

  private static long[] dims(Shape shape) {
    return LongStream.range(0, shape.rank()).map(i -> shape.dim((int) i)).toArray();
  }
}
