package io.github.rtmjava.samediff;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the candidates for the emitter's choices cost: best of many runs, in milliseconds. The
 * figures in the module's README come from here.
 */
final class OperationCost {
  private OperationCost() {}

  public static void main(String[] arguments) {
    for (int[] layer :
        new int[][] {{96, 96, 80, 3}, {192, 192, 40, 3}, {96, 96, 80, 1}, {768, 133, 24, 7}}) {
      convolution(layer[0], layer[1], layer[2], layer[3]);
    }
    depthwise(96, 80, 5);
    silu(614_400);
    upsampling(96, 80);
  }

  private static void convolution(int in, int out, int side, int k) {
    int p = k / 2;
    INDArray nchw = Nd4j.rand(DataType.FLOAT, 1, in, side, side);
    INDArray nhwc = Nd4j.rand(DataType.FLOAT, 1, side, side, in);
    INDArray oiyx = Nd4j.rand(DataType.FLOAT, out, in, k, k);
    INDArray yxio = Nd4j.rand(DataType.FLOAT, k, k, in, out);
    INDArray toNchw = Nd4j.create(DataType.FLOAT, 1, out, side, side);
    INDArray toNhwc = Nd4j.create(DataType.FLOAT, 1, side, side, out);
    System.out.printf(
        "conv %d->%d %dx%d k%d: NCHW OIYX %.2f, NHWC OIYX %.2f, NHWC YXIO %.2f%n",
        in,
        out,
        side,
        side,
        k,
        best(step("conv2d", toNchw, List.of(nchw, oiyx), k, k, 1, 1, p, p, 1, 1, 0, 0, 1)),
        best(step("conv2d", toNhwc, List.of(nhwc, oiyx), k, k, 1, 1, p, p, 1, 1, 0, 1, 1)),
        best(step("conv2d", toNhwc, List.of(nhwc, yxio), k, k, 1, 1, p, p, 1, 1, 0, 1, 0)));
  }

  private static void depthwise(int channels, int side, int k) {
    int p = k / 2;
    String op = "depthwise_conv2d";
    INDArray nchw = Nd4j.rand(DataType.FLOAT, 1, channels, side, side);
    INDArray nhwc = Nd4j.rand(DataType.FLOAT, 1, side, side, channels);
    INDArray oiyx = Nd4j.rand(DataType.FLOAT, 1, channels, k, k);
    INDArray yxio = Nd4j.rand(DataType.FLOAT, k, k, channels, 1);
    System.out.printf(
        "depthwise %d %dx%d k%d: NCHW OIYX %.2f, NCHW YXIO %.2f, NHWC YXIO %.2f%n",
        channels,
        side,
        side,
        k,
        best(step(op, nchw.ulike(), List.of(nchw, oiyx), k, k, 1, 1, p, p, 1, 1, 0, 0, 1)),
        best(step(op, nchw.ulike(), List.of(nchw, yxio), k, k, 1, 1, p, p, 1, 1, 0, 0, 0)),
        best(step(op, nhwc.ulike(), List.of(nhwc, yxio), k, k, 1, 1, p, p, 1, 1, 0, 1, 0)));
  }

  private static void silu(int elements) {
    INDArray x = Nd4j.rand(DataType.FLOAT, 1, elements);
    INDArray h = x.ulike();
    INDArray t = x.ulike();
    PreparedOperation swish = new PreparedOperation(new Swish(), List.of(x)).into(h);
    PreparedOperation half = step("multiply", h, List.of(x, Nd4j.scalar(0.5f)));
    PreparedOperation tanh = step("tanh", t, List.of(h));
    PreparedOperation times = step("multiply", t, List.of(h, t));
    PreparedOperation plus = step("add", h, List.of(h, t));
    PreparedOperation sigmoid = step("sigmoid", h, List.of(x));
    System.out.printf(
        "SiLU of %d: swish %.2f, through tanh %.2f, through sigmoid %.2f%n",
        elements,
        best(swish),
        best(half, tanh, times, plus),
        best(sigmoid, step("multiply", t, List.of(x, h))));
  }

  private static void upsampling(long channels, long side) {
    INDArray nchw = Nd4j.rand(DataType.FLOAT, 1, channels, side, side);
    INDArray nhwc = Nd4j.rand(DataType.FLOAT, 1, side, side, channels);
    INDArray toNchw = Nd4j.create(DataType.FLOAT, 1, channels, 2 * side, 2 * side);
    INDArray toNhwc = Nd4j.create(DataType.FLOAT, 1, 2 * side, 2 * side, channels);
    INDArray wide = Nd4j.create(DataType.FLOAT, 1, side, side, 2 * channels);
    INDArray row = Nd4j.rand(DataType.FLOAT, 1, side, 2 * side * channels);
    INDArray tall = Nd4j.create(DataType.FLOAT, 1, side, 4 * side * channels);
    System.out.printf(
        "upsampling of %d %dx%d: NCHW %.2f, NHWC %.2f, two concatenations %.2f%n",
        channels,
        side,
        side,
        best(step("upsampling2d", toNchw, List.of(nchw), 2, 2, 1)),
        best(step("upsampling2d", toNhwc, List.of(nhwc), 2, 2, 0)),
        best(
            step("concat", wide, List.of(nhwc, nhwc), 3),
            step("concat", tall, List.of(row, row), 2)));
  }

  private static PreparedOperation step(
      String op, INDArray output, List<INDArray> inputs, Integer... iArgs) {
    return new PreparedOperation(
            DynamicCustomOp.builder(op).addIntegerArguments(List.of(iArgs)).build(), inputs)
        .into(output);
  }

  private static double best(PreparedOperation... steps) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 60; i++) {
      long start = System.nanoTime();
      for (PreparedOperation step : steps) {
        step.run();
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }
}
