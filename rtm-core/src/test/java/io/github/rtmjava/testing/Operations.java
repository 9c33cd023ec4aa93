package io.github.rtmjava.testing;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Networks of one operation each, for every operation, on random shapes. */
public final class Operations {
  private static final int N = Shape.BATCH;

  private Operations() {}

  /** The networks for one random choice of shapes. */
  public static Stream<Named<Network>> networks(long seed) {
    Random r = new Random(seed);
    int c = 4 + r.nextInt(8);
    int h = 9 + r.nextInt(6);
    int w = 9 + r.nextInt(6);
    Shape image = Shape.of(N, c, h, w);
    Shape tokens = Shape.of(N, 5 + r.nextInt(4), 12);
    return Stream.of(
        one(conv(c, 7, 1, 1, 0, 1, true), image),
        one(conv(c, 7, 3, 1, 1, 1, false), image),
        one(conv(c, 7, 3, 2, 1, 1, true), image),
        one(conv(c, 6, 7, 1, 3, 1, true), image),
        one(conv(c, c, 5, 1, 2, c, true), image),
        one(conv(c, c, 3, 2, 1, c, false), image),
        one(conv(8, 12, 3, 1, 1, 4, true), Shape.of(N, 8, h, w)),
        one(conv(8, 16, 3, 2, 0, 8, false), Shape.of(N, 8, h, w)),
        one(new Op.Norm("bn", c, 1e-3), image),
        one(new Op.Norm("bn", 5, 1e-5), Shape.of(N, 5, 6)),
        one(new Op.Activation(Function.SILU), image),
        one(new Op.Activation(Function.SILU), tokens),
        one(new Op.Activation(Function.RELU), image),
        one(new Op.Activation(Function.SIGMOID), image),
        one(new Op.Activation(Function.HARD_SIGMOID), image),
        one(new Op.Activation(Function.EXP), image),
        one(new Op.Activation(Function.GELU), image),
        one(new Op.Activation(Function.GELU), tokens),
        one(new Op.ConvTranspose("w", null, c, 6, 4, 2, 1), image),
        one(new Op.ConvTranspose("w", "b", c, 5, 3, 1, 0), image),
        one(new Op.Norm("bn", 12, 1e-5), Shape.of(N, 12)),
        one(new Op.LayerNorm("ln", 12, 1e-5), tokens),
        one(new Op.LayerNorm("ln", 12, 1e-5), Shape.of(N, 12)),
        one(new Op.Softmax(), tokens),
        one(new Op.Softmax(), Shape.of(N, 12)),
        one(new Op.Focus(), Shape.of(N, 3, 2 * h, 2 * w)),
        one(new Op.Transpose(), tokens),
        plusConstant(tokens, Shape.of(1, tokens.dim(1), 12), r),
        plusConstant(image, Shape.of(c, h, w), r),
        one(new Op.Scale(1 / 3.0), image),
        one(new Op.ScaleNorm("g", 1e-5), tokens),
        one(new Op.ScaleNorm("g", 1e2), tokens),
        one(new Op.Add(), image, image),
        one(new Op.Add(), image, Shape.of(N, c, 1, 1)),
        one(new Op.Mul(), image, Shape.of(N, c, 1, 1)),
        timesWeight(tokens, Shape.of(12)),
        timesWeight(tokens, Shape.of(1, tokens.dim(1), 12)),
        timesWeight(image, Shape.of(1, c, 1, 1)),
        one(new Op.Mul(), tokens, tokens),
        one(new Op.Concat(1), image, Shape.of(N, 3, h, w), image),
        one(new Op.Concat(2), image, image),
        one(new Op.Concat(2), tokens, tokens),
        one(new Op.Slice(1, 1, 3), image),
        one(new Op.Slice(2, 2, 5), image),
        one(new Op.Slice(-1, 4, 12), tokens),
        one(new Op.Split(1, List.of(1, c - 3, 2)), image),
        one(new Op.Split(-1, List.of(4, 8)), tokens),
        one(new Op.Split(2, List.of(2, h - 2)), image),
        one(
            new Op.NormalizePixels(List.of(123.7, 116.3, 103.5), List.of(58.4, 57.1, 57.4)),
            Shape.of(N, h, w, 3)),
        one(new Op.MaxPool(5, 1, 2), image),
        one(new Op.MaxPool(13, 1, 6), image),
        one(new Op.MaxPool(2, 2, 0), image),
        one(new Op.MaxPool(3, 2, 1), image),
        one(new Op.GlobalAvgPool(), image),
        one(new Op.Upsample(2), image),
        one(new Op.Upsample(3), image),
        one(new Op.PixelShuffle(2), Shape.of(N, 12, h, w)),
        one(new Op.Linear("w", "b", 12, 5), tokens),
        one(new Op.Linear("w", null, 12, 5), tokens),
        one(new Op.Linear("w", "b", 12, 5), Shape.of(N, 12)),
        one(new Op.Linear("w", "b", w, 5), image),
        one(new Op.MatMul(false), Shape.of(N, 4, 6), Shape.of(N, 6, 5)),
        one(new Op.MatMul(true), Shape.of(N, 4, 6), Shape.of(N, 5, 6)),
        one(new Op.Reshape(Shape.of(N, c, h * w)), image),
        one(new Op.Reshape(Shape.of(N, c * h, w, 1)), image));
  }

  private static Op conv(int in, int out, int k, int stride, int pad, int groups, boolean bias) {
    return new Op.Conv("w", bias ? "b" : null, in, out, k, stride, pad, groups);
  }

  private static Named<Network> one(Op op, Shape... inputs) {
    return Named.of(op + " of " + Stream.of(inputs).toList(), Samples.single(op, inputs));
  }

  private static Named<Network> plusConstant(Shape input, Shape shape, Random r) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) r.nextGaussian();
    }
    NetworkBuilder builder = new NetworkBuilder("plus a constant");
    Value in = builder.input("in", input);
    Scope scope = builder.scope("");
    builder.output("out", scope.add("sum", in, scope.constant("constant", shape, values)));
    return Named.of(input + " plus a constant " + shape, builder.build());
  }

  private static Named<Network> timesWeight(Shape input, Shape weight) {
    Value in = new Value(0, "in", input);
    Value gamma = new Value(1, "gamma", weight);
    Value out = new Value(2, "product", input);
    List<Node> nodes =
        List.of(
            new Node(new Op.Weight("gamma", weight), List.of(), gamma),
            new Node(new Op.Mul(), List.of(in, gamma), out));
    Network network = new Network("times a weight", List.of(in), nodes, Map.of("out", out));
    return Named.of(input + " times a weight " + weight, network);
  }
}
