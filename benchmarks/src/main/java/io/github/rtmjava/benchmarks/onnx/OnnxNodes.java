package io.github.rtmjava.benchmarks.onnx;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.OpVisitor;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;

/** Writes a network's operations as ONNX nodes, in the form that exporters of PyTorch write. */
final class OnnxNodes implements OpVisitor<Void, IOException> {
  private final Onnx.GraphProto.Builder graph;
  private final Initializers constants;
  private final Norms norms;
  private final Map<Value, String> names = new HashMap<>();

  OnnxNodes(Network network, Onnx.GraphProto.Builder graph, Initializers constants) {
    this.graph = graph;
    this.constants = constants;
    this.norms = new Norms(network);
    network.inputs().forEach(input -> names.put(input, input.name()));
    network.outputs().forEach((name, value) -> names.putIfAbsent(value, name));
  }

  /** The ONNX name of a value. */
  String name(Value value) {
    // Slashes keep values apart from outputs, which have names of their own.
    return names.getOrDefault(value, "/" + value.name());
  }

  void write(Node node) throws IOException {
    if (!norms.isFolded(node)) {
      node.accept(this);
    }
  }

  @Override
  public Void weight(Node node, Op.Weight op) throws IOException {
    names.put(node.output(), constants.weight(op.key(), op.shape().dims()));
    return null;
  }

  @Override
  public Void constant(Node node, Op.Constant op) {
    int[] dims = op.shape().dims();
    names.put(node.output(), constants.floats(name(node.output()), op.values(), dims));
    return null;
  }

  @Override
  public Void scale(Node node, Op.Scale op) {
    String name = name(node.output());
    add("Mul", name, input(node), constants.scalar(name + "/factor", op.factor()));
    return null;
  }

  @Override
  public Void layerNorm(Node node, Op.LayerNorm op) throws IOException {
    String weight = constants.weight(op.weight(), op.size());
    String bias = constants.weight(op.bias(), op.size());
    add("LayerNormalization", name(node.output()), input(node), weight, bias)
        .addAttribute(number("axis", -1))
        .addAttribute(real("epsilon", op.eps()));
    return null;
  }

  @Override
  public Void softmax(Node node, Op.Softmax op) {
    add("Softmax", node).addAttribute(number("axis", -1));
    return null;
  }

  @Override
  public Void transpose(Node node, Op.Transpose op) {
    add("Transpose", node).addAttribute(numbers("perm", 0, 2, 1));
    return null;
  }

  @Override
  public Void add(Node node, Op.Add op) {
    add("Add", node);
    return null;
  }

  @Override
  public Void mul(Node node, Op.Mul op) {
    add("Mul", node);
    return null;
  }

  @Override
  public Void concat(Node node, Op.Concat op) {
    add("Concat", node).addAttribute(number("axis", op.axis()));
    return null;
  }

  @Override
  public Void split(Node node, Op.Split op) {
    String name = name(node.outputs().get(0));
    long[] sizes = op.sizes().stream().mapToLong(Integer::longValue).toArray();
    graph
        .addNodeBuilder()
        .setOpType("Split")
        .setName(name)
        .addInput(input(node))
        .addInput(constants.longs(name + "/sizes", sizes))
        .addAllOutput(node.outputs().stream().map(this::name).toList())
        .addAttribute(number("axis", op.axis()));
    return null;
  }

  @Override
  public Void normalizePixels(Node node, Op.NormalizePixels op) {
    String name = name(node.output());
    add("Cast", name + "/floats", input(node))
        .addAttribute(number("to", Onnx.TensorProto.DataType.FLOAT.getNumber()));
    add("Sub", name + "/centred", name + "/floats", perChannel(name + "/mean", op.mean()));
    add("Div", name + "/scaled", name + "/centred", perChannel(name + "/std", op.std()));
    add("Transpose", name, name + "/scaled").addAttribute(numbers("perm", 0, 3, 1, 2));
    return null;
  }

  private String perChannel(String name, List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return constants.floats(name, floats, floats.length);
  }

  @Override
  public Void maxPool(Node node, Op.MaxPool op) {
    add("MaxPool", node)
        .addAttribute(numbers("kernel_shape", op.kernel(), op.kernel()))
        .addAttribute(numbers("strides", op.stride(), op.stride()))
        .addAttribute(pads(op.padding()));
    return null;
  }

  @Override
  public Void globalAvgPool(Node node, Op.GlobalAvgPool op) {
    add("GlobalAveragePool", node);
    return null;
  }

  @Override
  public Void pixelShuffle(Node node, Op.PixelShuffle op) {
    add("DepthToSpace", node)
        .addAttribute(number("blocksize", op.factor()))
        .addAttribute(text("mode", "CRD"));
    return null;
  }

  @Override
  public Void reshape(Node node, Op.Reshape op) {
    String name = name(node.output());
    add("Reshape", name, input(node), constants.longs(name + "/shape", target(op.shape())));
    return null;
  }

  @Override
  public Void conv(Node node, Op.Conv conv) throws IOException {
    Node normNode = norms.after(node);
    String name = name(normNode == null ? node.output() : normNode.output());
    int[] shape = {conv.out(), conv.in() / conv.groups(), conv.kernel(), conv.kernel()};
    Onnx.NodeProto.Builder proto;
    if (normNode == null) {
      proto = add("Conv", name, input(node), constants.weight(conv.weight(), shape));
      if (conv.bias() != null) {
        proto.addInput(constants.weight(conv.bias(), conv.out()));
      }
    } else {
      Folded folded = fold(conv, (Op.Norm) normNode.op());
      proto =
          add(
              "Conv",
              name,
              input(node),
              constants.floats(name + "/weight", folded.kernels(), shape),
              constants.floats(name + "/bias", folded.bias(), conv.out()));
    }
    proto
        .addAttribute(numbers("kernel_shape", conv.kernel(), conv.kernel()))
        .addAttribute(numbers("strides", conv.stride(), conv.stride()))
        .addAttribute(pads(conv.padding()))
        .addAttribute(number("group", conv.groups()));
    return null;
  }

  @Override
  public Void convTranspose(Node node, Op.ConvTranspose conv) throws IOException {
    int kernel = conv.kernel();
    String weight = constants.weight(conv.weight(), conv.in(), conv.out(), kernel, kernel);
    Onnx.NodeProto.Builder proto = add("ConvTranspose", name(node.output()), input(node), weight);
    if (conv.bias() != null) {
      proto.addInput(constants.weight(conv.bias(), conv.out()));
    }
    proto
        .addAttribute(numbers("kernel_shape", kernel, kernel))
        .addAttribute(numbers("strides", conv.stride(), conv.stride()))
        .addAttribute(pads(conv.padding()));
    return null;
  }

  /** A convolution that has taken up a norm. */
  private record Folded(float[] kernels, float[] bias) {}

  private Folded fold(Op.Conv conv, Op.Norm norm) throws IOException {
    float[] kernels = constants.values(conv.weight()).clone();
    float @Nullable [] before = conv.bias() == null ? null : constants.values(conv.bias());
    float[] gamma = constants.values(norm.weight());
    float[] beta = constants.values(norm.bias());
    float[] mean = constants.values(norm.mean());
    float[] variance = constants.values(norm.variance());
    float[] bias = new float[conv.out()];
    int row = kernels.length / conv.out();
    for (int c = 0; c < conv.out(); c++) {
      double scale = gamma[c] / Math.sqrt(variance[c] + norm.eps());
      for (int i = c * row; i < (c + 1) * row; i++) {
        kernels[i] = (float) (kernels[i] * scale);
      }
      double shift = (before == null ? 0 : before[c]) - mean[c];
      bias[c] = (float) (shift * scale + beta[c]);
    }
    return new Folded(kernels, bias);
  }

  @Override
  public Void norm(Node node, Op.Norm norm) throws IOException {
    int channels = norm.channels();
    add(
            "BatchNormalization",
            name(node.output()),
            input(node),
            constants.weight(norm.weight(), channels),
            constants.weight(norm.bias(), channels),
            constants.weight(norm.mean(), channels),
            constants.weight(norm.variance(), channels))
        .addAttribute(real("epsilon", norm.eps()));
    return null;
  }

  @Override
  public Void activation(Node node, Op.Activation op) {
    switch (op.function()) {
      case SILU -> {
        String name = name(node.output());
        add("Sigmoid", name + "/sigmoid", input(node));
        add("Mul", name, input(node), name + "/sigmoid");
      }
      case RELU -> add("Relu", node);
      case SIGMOID -> add("Sigmoid", node);
      case HARD_SIGMOID ->
          add("HardSigmoid", node)
              .addAttribute(real("alpha", 1 / 6.0))
              .addAttribute(real("beta", 0.5));
      case EXP -> add("Exp", node);
      case GELU -> {
        String name = name(node.output());
        add("Div", name + "/scaled", input(node), constants.scalar(name + "/root", Math.sqrt(2)));
        add("Erf", name + "/erf", name + "/scaled");
        add("Add", name + "/doubled", name + "/erf", constants.scalar(name + "/one", 1));
        add("Mul", name + "/twice", input(node), name + "/doubled");
        add("Mul", name, name + "/twice", constants.scalar(name + "/half", 0.5));
      }
    }
    return null;
  }

  @Override
  public Void scaleNorm(Node node, Op.ScaleNorm norm) throws IOException {
    String name = name(node.output());
    int features = node.output().shape().dim(-1);
    add("ReduceL2", name + "/norm", input(node))
        .addAttribute(numbers("axes", -1))
        .addAttribute(number("keepdims", 1));
    String factor = constants.scalar(name + "/factor", 1 / Math.sqrt(features));
    add("Mul", name + "/rms", name + "/norm", factor);
    add("Max", name + "/divisor", name + "/rms", constants.scalar(name + "/eps", norm.eps()));
    add("Div", name + "/unit", input(node), name + "/divisor");
    add("Mul", name, name + "/unit", constants.weight(norm.g(), 1));
    return null;
  }

  @Override
  public Void slice(Node node, Op.Slice slice) {
    String name = name(node.output());
    add(
        "Slice",
        name,
        input(node),
        constants.longs(name + "/from", slice.from()),
        constants.longs(name + "/to", slice.to()),
        constants.longs(name + "/axis", slice.axis()));
    return null;
  }

  /** As exporters write it: ONNX's SpaceToDepth has the phases in another order. */
  @Override
  public Void focus(Node node, Op.Focus op) {
    String name = name(node.output());
    Shape in = node.inputs().get(0).shape();
    String[] phases = new String[4];
    for (int phase = 0; phase < phases.length; phase++) {
      phases[phase] = name + "/phase" + phase;
      add(
          "Slice",
          phases[phase],
          input(node),
          constants.longs(phases[phase] + "/from", phase % 2, phase / 2),
          constants.longs(name + "/to", in.dim(2), in.dim(3)),
          constants.longs(name + "/axes", 2, 3),
          constants.longs(name + "/steps", 2, 2));
    }
    add("Concat", name, phases).addAttribute(number("axis", 1));
    return null;
  }

  @Override
  public Void upsample(Node node, Op.Upsample op) {
    int factor = op.factor();
    String name = name(node.output());
    String scales = constants.floats(name + "/scales", new float[] {1, 1, factor, factor}, 4);
    add("Resize", name, input(node), "", scales)
        .addAttribute(text("mode", "nearest"))
        .addAttribute(text("nearest_mode", "floor"))
        .addAttribute(text("coordinate_transformation_mode", "asymmetric"));
    return null;
  }

  @Override
  public Void linear(Node node, Op.Linear linear) throws IOException {
    String name = name(node.output());
    String matrix = constants.transposed(linear.weight(), linear.out(), linear.in());
    if (linear.bias() == null) {
      add("MatMul", name, input(node), matrix);
    } else {
      add("MatMul", name + "/product", input(node), matrix);
      add("Add", name, name + "/product", constants.weight(linear.bias(), linear.out()));
    }
    return null;
  }

  @Override
  public Void matMul(Node node, Op.MatMul product) {
    String name = name(node.output());
    String second = name(node.inputs().get(1));
    if (product.transposeB()) {
      add("Transpose", name + "/transposed", second).addAttribute(numbers("perm", 0, 2, 1));
      second = name + "/transposed";
    }
    add("MatMul", name, input(node), second);
    return null;
  }

  /** What ONNX's Reshape reads: 0 stands for the batch. */
  private static long[] target(Shape shape) {
    long[] dims = Arrays.stream(shape.dims()).asLongStream().toArray();
    if (shape.hasBatch()) {
      dims[0] = 0;
    }
    return dims;
  }

  private String input(Node node) {
    return name(node.inputs().get(0));
  }

  /** A node that reads just what the operation reads. */
  private Onnx.NodeProto.Builder add(String type, Node node) {
    List<String> inputs = node.inputs().stream().map(this::name).toList();
    return add(type, name(node.output()), inputs.toArray(String[]::new));
  }

  private Onnx.NodeProto.Builder add(String type, String output, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static Onnx.AttributeProto pads(int padding) {
    return numbers("pads", padding, padding, padding, padding);
  }

  private static Onnx.AttributeProto number(String name, long value) {
    return attribute(name, Onnx.AttributeProto.AttributeType.INT).setI(value).build();
  }

  private static Onnx.AttributeProto numbers(String name, long... values) {
    Onnx.AttributeProto.Builder attribute = attribute(name, Onnx.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static Onnx.AttributeProto real(String name, double value) {
    return attribute(name, Onnx.AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  private static Onnx.AttributeProto text(String name, String value) {
    return attribute(name, Onnx.AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  private static Onnx.AttributeProto.Builder attribute(
      String name, Onnx.AttributeProto.AttributeType type) {
    return Onnx.AttributeProto.newBuilder().setName(name).setType(type);
  }
}
