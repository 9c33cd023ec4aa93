package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.TypePolicy;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.tensor.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which we do steps. oneDNN's products of matrices and reorders take any pitch, and so
 * do our own loops; its convolutions and poolings fall back to a reference implementation unless
 * maps are dense.
 */
final class OnednnBackend implements Backend {
  private static final DenseKernels DENSE_KERNELS = new DenseKernels();

  /** Below this number of channels, copies between native memory and arrays eat the gain. */
  private static final int FEWEST_CHANNELS = 16;

  private static final int MANY_TILES = 48;

  /**
   * System property: {@code false} keeps to oneDNN's convolutions, which need no warming up. For
   * processes that run a few images and end.
   */
  static final String WINOGRAD_PROPERTY = "rtm.onednn.winograd";

  private final boolean loops = Boolean.parseBoolean(System.getProperty(WINOGRAD_PROPERTY, "true"));

  private final DType type;

  OnednnBackend(Precision precision) {
    type = precision == Precision.BFLOAT16 ? DType.BFLOAT16 : DType.FLOAT32;
  }

  /** A pointwise convolution as a product of matrices by oneDNN. */
  Way product() {
    return PlainWay.product(type);
  }

  /** oneDNN's convolution. */
  Way direct() {
    return PlainWay.direct(type);
  }

  @Override
  public List<Way> ways(Step step) {
    if (step.kernel() instanceof Kernel.Convolution conv) {
      if (conv.pointwise()) {
        return List.of(product());
      }
      List<Way> ways = new ArrayList<>(List.of(direct()));
      if (loops && winograd(step, conv) && (type == DType.FLOAT32 || !step.addsInput())) {
        for (Tile tile : Tile.values()) {
          if (tile.taps() == conv.kernel() && (tile != Tile.M2 || isSmall(step))) {
            ways.add(new WinogradWay(tile));
          }
        }
      }
      return ways;
    }
    return List.of(step.accept(DENSE_KERNELS) ? PlainWay.dense(type) : PlainWay.anywhere(type));
  }

  @Override
  public TypePolicy types() {
    return TypePolicy.ROWS_IN_FLOAT32;
  }

  /**
   * Whether tiles of 2×2 may be faster than those of 4×4, which do less and have larger weights:
   * where those are not many.
   */
  private static boolean isSmall(Step step) {
    int outputs = Tile.M4.outputs();
    int tiles =
        (step.output().height() + outputs - 1)
            / outputs
            * ((step.output().width() + outputs - 1) / outputs);
    return tiles < MANY_TILES;
  }

  private static boolean winograd(Step step, Kernel.Convolution conv) {
    return conv.stride() == 1
        && conv.padding() == conv.kernel() / 2
        && conv.groups() == 1
        && conv.bias() != null
        && Math.min(conv.in(), conv.out()) >= FEWEST_CHANNELS
        && List.of(List.of(), List.of(SILU), List.of(RELU), List.of(SILU, SUM), List.of(RELU, SUM))
            .contains(step.post());
  }

  private static final PostOp SILU = new PostOp.Apply(Function.SILU);
  private static final PostOp RELU = new PostOp.Apply(Function.RELU);
  private static final PostOp SUM = new PostOp.AddInput();

  /** Whether the step multiplies every pixel of a map with the same factors. */
  static boolean scalesChannels(Step step) {
    return step.kernel() instanceof Kernel.Combine combine
        && combine.arithmetic() == Kernel.Arithmetic.MULTIPLY
        && step.inputs().get(1).pixels() == 1
        && step.inputs().get(0).pixels() > 1;
  }
}
