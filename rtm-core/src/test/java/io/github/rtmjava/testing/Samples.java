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
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
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

  /** A network of one operation; inputs are named in0, in1 …, its output is named out. */
  public static Network single(Op op, Shape... inputs) {
    List<Value> in = new ArrayList<>();
    for (Shape shape : inputs) {
      in.add(new Value(in.size(), "in" + in.size(), shape));
    }
    Value made = new Value(in.size(), "node", op.infer(List.of(inputs)));
    return new Network("single", in, List.of(new Node(op, in, made)), Map.of("out", made));
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

  public static Map<String, Tensor> inputs(Network network, int batch, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : network.inputs()) {
      Shape shape = input.shape().withBatch(batch);
      float[] values = new float[Math.toIntExact(shape.elements())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      inputs.put(input.name(), Tensor.of(values, shape.dims()));
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
