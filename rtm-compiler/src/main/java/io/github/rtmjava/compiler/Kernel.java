package io.github.rtmjava.compiler;

import io.github.rtmjava.tensor.DType;
import org.jspecify.annotations.Nullable;

/** What a step computes, on maps with channels last. */
public sealed interface Kernel {
  /** The answer of a visitor for the kernel of a step. */
  <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor);

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

    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.convolution(step, this);
    }
  }

  /**
   * A transposed convolution with square kernels and equal padding on all sides.
   *
   * @param weight key of the weights, [in, out, kernel, kernel]
   * @param bias key of the bias [out], if any
   */
  record TransposedConvolution(
      String weight, @Nullable String bias, int in, int out, int kernel, int stride, int padding)
      implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.transposedConvolution(step, this);
    }
  }

  /**
   * The product of two maps as matrices of pixels by channels, the second as it is or transposed.
   */
  record Product(boolean transposeB) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.product(step, this);
    }
  }

  /** Maximum over square windows; padding never wins. */
  record MaxPool(int kernel, int stride, int padding) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.maxPool(step, this);
    }
  }

  /** Mean over all pixels. */
  record Mean() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.mean(step, this);
    }
  }

  /** Arithmetic on two operands. */
  enum Arithmetic {
    ADD,
    MULTIPLY
  }

  /** Sum or product of two maps; the second has as many pixels as the first, or one. */
  record Combine(Arithmetic arithmetic) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.combine(step, this);
    }
  }

  /**
   * Sum or product of a map and a constant: one element that serves all, one per channel, or one
   * for each element [pixels, channels].
   */
  record CombineConstant(Arithmetic arithmetic, String weight) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.combineConstant(step, this);
    }
  }

  /** Only the step's {@link PostOp}s. */
  record Elementwise() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.elementwise(step, this);
    }
  }

  /**
   * Root-mean-square normalisation of each pixel: {@code x / max(||x|| / sqrt(channels), eps) * g}.
   */
  record ScaleNorm(String g, double eps) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.scaleNorm(step, this);
    }
  }

  /** Layer normalisation of each pixel; weight and bias are [channels]. */
  record LayerNorm(String weight, String bias, double eps) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.layerNorm(step, this);
    }
  }

  /** Exponentials of each pixel's channels over their sum. */
  record Softmax() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.softmax(step, this);
    }
  }

  /** Nearest-neighbour enlargement. */
  record Upsample(int factor) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.upsample(step, this);
    }
  }

  /** PyTorch's pixel shuffle. */
  record PixelShuffle(int factor) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.pixelShuffle(step, this);
    }
  }

  /** YOLOX's focus. */
  record Focus() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.focus(step, this);
    }
  }

  /** The channels of all inputs one after another. */
  record Join() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.join(step, this);
    }
  }

  /** Channels from {@code from} on, as many as the result has. */
  record Window(int from) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.window(step, this);
    }
  }

  /**
   * Takes up what the network is given as a map of the type of its result.
   *
   * @param type of the elements that are given
   * @param planes whether they come as [N, C, H, W]; otherwise as [N, H, W, C] or [N, rows,
   *     features], which is what a map is
   */
  record Load(DType type, boolean planes) implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.load(step, this);
    }
  }

  /** Pixels become channels and channels pixels: each image's map as a matrix, transposed. */
  record Transpose() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.transpose(step, this);
    }
  }

  /** Each image's elements in the same order, as a map of other extents. */
  record Reshape() implements Kernel {
    @Override
    public <R extends @Nullable Object> R accept(Step step, KernelVisitor<R> visitor) {
      return visitor.reshape(step, this);
    }
  }
}
