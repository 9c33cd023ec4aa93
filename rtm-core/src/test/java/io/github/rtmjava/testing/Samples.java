package io.github.rtmjava.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.GatedAttentionUnit;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Made networks, weights and inputs. */
public final class Samples {
  private Samples() {}

  /** A network of one operation; inputs are named in0, in1 …, its outputs out, out1, out2 …. */
  public static Network single(Op op, Shape... inputs) {
    List<Value> in = new ArrayList<>();
    for (Shape shape : inputs) {
      in.add(new Value(in.size(), "in" + in.size(), shape, op.reads()));
    }
    List<Value> made = new ArrayList<>();
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (Shape shape : op.shapes(List.of(inputs))) {
      String number = made.isEmpty() ? "" : Integer.toString(made.size());
      made.add(new Value(in.size() + made.size(), "node" + number, shape));
      outputs.put("out" + number, made.get(made.size() - 1));
    }
    return new Network("single", in, List.of(new Node(op, in, made)), outputs);
  }

  /** A network with a stem, a residual block, attention, two levels and two outputs. */
  public static Network small() {
    return small(24, 16);
  }

  public static Network small(int height, int width) {
    NetworkBuilder builder = new NetworkBuilder("small");
    Value image = builder.input("image", 3, height, width);
    Scope root = builder.scope("");
    Value stem = convNormAct(root.in("stem"), image, 8, 3, 2, 1);
    Scope block = root.in("block");
    Value a = convNormAct(block.in("conv1"), stem, 8, 3, 1, 1);
    Value b = convNormAct(block.in("conv2"), a, 8, 5, 1, 8);
    Value sum = block.add("add", stem, b);
    Value mean = block.globalAvgPool("pool", sum);
    Value gate = block.activation("gate", block.convWithBias("fc", mean, 8), Function.HARD_SIGMOID);
    Value attended = block.mul("mul", sum, gate);
    Value down = convNormAct(root.in("down"), attended, 12, 3, 2, 1);
    Value up = root.upsample("up", down, 2);
    Value joined = root.concat("cat", 1, up, attended);
    Value head = root.convWithBias("head", joined, 5);
    Value flat = root.reshape("flat", head, Shape.BATCH, 5, height / 2 * (width / 2));
    Value mlp = root.linear("mlp", root.scaleNorm("norm", flat, 1e-5), 7);
    Value tokens = new GatedAttentionUnit(8, 4).apply(root.in("gau"), mlp);
    builder.output("map", head);
    builder.output("tokens", tokens);
    return builder.build();
  }

  /** A network that reads pictures as bytes and splits what it makes of them. */
  public static Network pixels() {
    NetworkBuilder builder = new NetworkBuilder("pixels");
    Value bytes = builder.pixels("image", 3, 24, 16);
    Scope root = builder.scope("");
    List<Double> mean = List.of(123.675, 116.28, 103.53);
    List<Double> std = List.of(58.395, 57.12, 57.375);
    Value image = root.normalizePixels("normalized", bytes, mean, std);
    Value stem = convNormAct(root.in("stem"), image, 8, 3, 2, 1);
    List<Value> parts = root.split(List.of("left", "middle", "right"), stem, 1, 2, 4, 2);
    Value middle = root.conv("conv", parts.get(1), 4, 3, 1, 1);
    builder.output("joined", root.concat("joined", 1, parts.get(2), middle, parts.get(0)));
    builder.output("right", parts.get(2));
    return builder.build();
  }

  /**
   * A network of a transformer's block over the pixels of an image, an enlargement and a classifier
   * of the whole image.
   */
  public static Network attention() {
    NetworkBuilder builder = new NetworkBuilder("attention");
    Value image = builder.input("image", 3, 24, 16);
    Scope root = builder.scope("");
    Value focused = root.focus("focus", image);
    Value stem = convNormAct(root.in("stem"), focused, 16, 3, 2, 1);
    Value pooled = root.maxPool("pool", stem, 3, 2);
    int pixels = pooled.shape().dim(2) * pooled.shape().dim(3);
    Value flat = root.reshape("flat", pooled, Shape.BATCH, 16, pixels);
    Value tokens = encoder(root.in("encoder"), root.transpose("tokens", flat), pixels);
    builder.output("tokens", tokens);
    Value planes = root.transpose("planes", tokens);
    int[] dims = pooled.shape().dims();
    Value map = root.in("head").conv("conv", root.reshape("map", planes, dims), 12, 3, 1, 2);
    Value larger = root.convTranspose("larger", map, 8, 4, 2, 1);
    builder.output(
        "larger", root.activation("relu", root.norm("larger_norm", larger, 1e-5), Function.RELU));
    Value mean = root.reshape("mean", root.globalAvgPool("average", map), Shape.BATCH, 12);
    Value hidden = root.norm("hidden_norm", root.linearWithBias("hidden", mean, 18), 1e-5);
    Value rows = root.reshape("rows", root.activation("act", hidden, Function.RELU), -1, 6, 3);
    builder.output("class", root.softmax("class", rows));
    return builder.build();
  }

  private static Value encoder(Scope scope, Value tokens, int rows) {
    float[] positions = new float[rows * 16];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (float) Math.sin(i);
    }
    Value position = scope.constant("positions", Shape.of(1, rows, 16), positions);
    Value x = scope.add("positioned", tokens, position);
    Value all = scope.linearWithBias("qkv", x, 48);
    Value[] heads = new Value[2];
    for (int head = 0; head < heads.length; head++) {
      Scope part = scope.in(head);
      Value query = part.slice("query", all, 2, 8 * head, 8 * head + 8);
      Value key = part.slice("key", all, 2, 16 + 8 * head, 24 + 8 * head);
      Value value = part.slice("value", all, 2, 32 + 8 * head, 40 + 8 * head);
      Value product = part.matMul("product", query, key, true);
      Value weights = part.softmax("softmax", part.scale("scale", product, 1 / Math.sqrt(8)));
      heads[head] = part.matMul("mixed", weights, value, false);
    }
    Value mixed = scope.linearWithBias("out", scope.concat("heads", 2, heads), 16);
    x = scope.layerNorm("norm1", scope.add("residual1", tokens, mixed), 1e-5);
    Value hidden = scope.activation("gelu", scope.linearWithBias("fc1", x, 32), Function.GELU);
    Value made = scope.linearWithBias("fc2", hidden, 16);
    return scope.layerNorm("norm2", scope.add("residual2", x, made), 1e-5);
  }

  private static Value convNormAct(
      Scope scope, Value x, int out, int kernel, int stride, int groups) {
    Value conv = scope.conv("conv", x, out, kernel, stride, groups);
    return scope.activation("act", scope.norm("bn", conv, 1e-3), Function.SILU);
  }

  /** Weights of about unit gain, variances positive. */
  public static Weights weights(Network network, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new HashMap<>();
    network
        .weights()
        .forEach(
            (key, shape) -> {
              float[] values = new float[Math.toIntExact(shape.elements())];
              double fanIn = shape.rank() < 2 ? 1 : shape.elements() / (double) shape.dim(0);
              for (int i = 0; i < values.length; i++) {
                values[i] =
                    key.endsWith("running_var")
                        ? 0.5f + random.nextFloat()
                        : (float) (random.nextGaussian() / Math.sqrt(fanIn));
              }
              tensors.put(key, Tensor.of(values, shape.dims()));
            });
    return new MapWeights(tensors);
  }

  /** Normally distributed inputs, or any bytes, in direct buffers. */
  public static Map<String, Tensor> inputs(Network network, int batch, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : network.inputs()) {
      Shape shape = input.shape().withBatch(batch);
      Tensor tensor = Tensor.allocate(input.type(), shape);
      if (input.type() == DType.UINT8) {
        byte[] bytes = new byte[tensor.bytes().remaining()];
        random.nextBytes(bytes);
        tensor.bytes().put(bytes);
      } else {
        FloatBuffer values = tensor.floats();
        while (values.hasRemaining()) {
          values.put((float) random.nextGaussian());
        }
      }
      inputs.put(input.name(), tensor);
    }
    return inputs;
  }

  /** Shapes equal, and values within a share of the expected values' largest magnitude. */
  public static void assertClose(
      Map<String, Tensor> expected, Map<String, Tensor> actual, double share) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) -> {
          Tensor other = Objects.requireNonNull(actual.get(name));
          assertEquals(tensor.shape(), other.shape(), name);
          float[] e = tensor.toFloats();
          float[] a = other.toFloats();
          double largest = 1e-6;
          for (float v : e) {
            largest = Math.max(largest, Math.abs(v));
          }
          for (int i = 0; i < e.length; i++) {
            assertEquals(e[i], a[i], share * largest, name + " element " + i);
          }
        });
  }
}
