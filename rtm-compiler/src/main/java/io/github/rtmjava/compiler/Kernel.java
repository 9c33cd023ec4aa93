package io.github.rtmjava.compiler;

import org.jspecify.annotations.Nullable;

/** What a step computes, on maps with channels last. */
public sealed interface Kernel {
  /**
   * A convolution with square kernels and equal padding on all sides, or a linear layer, which is
   * one of kernel 1. Reads one map.
   *
   * @param weight key of the weights, [out, in / groups, kernel, kernel] or [out, in]
   * @param bias key of the bias [out], if any
   */
  record Convolution(
      String weight,
      @Nullable String bias,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      int groups)
      implements Kernel {
    /** Whether every pixel of the result depends on one pixel only: a product of matrices. */
    public boolean pointwise() {
      return kernel == 1 && stride == 1 && padding == 0 && groups == 1;
    }
  }

  /**
   * The product of two maps as matrices of pixels by channels, the second as it is or transposed.
   */
  record Product(boolean transposeB) implements Kernel {}

  /** Maximum over square windows; padding never wins. */
  record MaxPool(int kernel, int stride, int padding) implements Kernel {}

  /** Mean over all pixels. */
  record Mean() implements Kernel {}

  /** Arithmetic on two operands. */
  enum Arithmetic {
    ADD,
    MULTIPLY
  }

  /** Sum or product of two maps; the second has as many pixels as the first, or one. */
  record Combine(Arithmetic arithmetic) implements Kernel {}

  /** Sum or product of a map and a constant per channel; a constant of one element serves all. */
  record CombineConstant(Arithmetic arithmetic, String weight) implements Kernel {}

  /** Only the step's {@link PostOp}s. */
  record Elementwise() implements Kernel {}

  /**
   * Root-mean-square normalisation of each pixel: {@code x / max(||x|| / sqrt(channels), eps) * g}.
   */
  record ScaleNorm(String g, double eps) implements Kernel {}

  /** Nearest-neighbour enlargement. */
  record Upsample(int factor) implements Kernel {}

  /** PyTorch's pixel shuffle. */
  record PixelShuffle(int factor) implements Kernel {}

  /** The channels of all inputs one after another. */
  record Join() implements Kernel {}

  /** Channels from {@code from} on, as many as the result has. */
  record Window(int from) implements Kernel {}

  /**
   * Takes up what the network is given.
   *
   * @param planes whether it comes as [N, C, H, W]; otherwise as [N, rows, features], which is what
   *     a map is
   */
  record Load(boolean planes) implements Kernel {}

  /**
   * From channels last to [N, C, H, W]; the result is a map of C rows, one pixel wide, with H·W
   * channels.
   */
  record ChannelsFirst() implements Kernel {}
}
