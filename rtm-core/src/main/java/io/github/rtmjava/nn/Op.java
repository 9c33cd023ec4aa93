package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations that networks are made of. Semantics are PyTorch's; activations are NCHW.
 *
 * <p>An operation names its weights by their checkpoint keys and holds every extent it needs, so
 * that shapes follow without looking at the weights.
 */
public sealed interface Op {
  /** Number of values that the operation reads; -1 for any number from one. */
  int arity();

  /** The shapes of the results, in their order. Called with {@link #arity()} shapes. */
  List<Shape> shapes(List<Shape> in);

  /** Type of the elements that the operation reads; those that it makes are float32. */
  default DType reads() {
    return DType.FLOAT32;
  }

  /** The answer of a visitor for the operation of a node. */
  <R extends @Nullable Object, X extends Exception> R accept(Node node, OpVisitor<R, X> visitor)
      throws X;

  /** The weights that the operation reads. */
  default List<WeightSpec> weights() {
    return List.of();
  }

  /** Operations with one result. */
  sealed interface OneResult extends Op {
    /** The shape of the result. Called with {@link #arity()} shapes. */
    Shape infer(List<Shape> in);

    @Override
    default List<Shape> shapes(List<Shape> in) {
      return List.of(infer(in));
    }
  }

  /** Operations that make one value of one. */
  sealed interface Unary extends OneResult {
    @Override
    default int arity() {
      return 1;
    }
  }

  /** Operations that make one value of two. */
  sealed interface Binary extends OneResult {
    @Override
    default int arity() {
      return 2;
    }
  }

  /** Operations that keep their one input's shape. */
  sealed interface Elementwise extends Unary {
    @Override
    default Shape infer(List<Shape> in) {
      return in.get(0);
    }
  }

  /** A weight as a value, for example GAU's gamma. */
  record Weight(String key, Shape shape) implements OneResult {
    @Override
    public int arity() {
      return 0;
    }

    @Override
    public Shape infer(List<Shape> in) {
      return shape;
    }

    @Override
    public List<WeightSpec> weights() {
      return List.of(new WeightSpec(key, shape));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.weight(node, this);
    }
  }

  /**
   * A value that no checkpoint holds and every image shares, for example a position encoding.
   *
   * @param shape without a batch
   * @param values its elements in row-major order
   */
  record Constant(Shape shape, float[] values) implements OneResult {
    public Constant {
      Shapes.require(
          !shape.hasBatch() && shape.elements() == values.length,
          "expected as many values as %s has elements, found %d",
          shape,
          values.length);
      values = values.clone();
    }

    @Override
    public float[] values() {
      return values.clone();
    }

    @Override
    public int arity() {
      return 0;
    }

    @Override
    public Shape infer(List<Shape> in) {
      return shape;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Constant that
          && shape.equals(that.shape)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.constant(node, this);
    }
  }

  /**
   * 2D cross-correlation with zero padding on all sides ({@code torch.nn.Conv2d}), square kernel,
   * dilation 1. Weight [out, in / groups, kernel, kernel], bias [out].
   */
  record Conv(
      String weight,
      @Nullable String bias,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      int groups)
      implements Unary {
    @Override
    public Shape infer(List<Shape> shapes) {
      Shape x = Shapes.image(shapes.get(0));
      Shapes.require(x.dim(1) == in, "a convolution of %d channels was given %s", in, x);
      return Shape.of(
          x.dim(0),
          out,
          Shapes.window(x.dim(2), kernel, stride, padding),
          Shapes.window(x.dim(3), kernel, stride, padding));
    }

    @Override
    public List<WeightSpec> weights() {
      WeightSpec kernels = new WeightSpec(weight, Shape.of(out, in / groups, kernel, kernel));
      return bias == null
          ? List.of(kernels)
          : List.of(kernels, new WeightSpec(bias, Shape.of(out)));
    }

    /** Whether every channel is convolved by itself. */
    public boolean depthwise() {
      return groups == in && groups == out && groups > 1;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.conv(node, this);
    }
  }

  /**
   * Batch normalisation in inference: {@code (x - running_mean) / sqrt(running_var + eps) * weight
   * + bias} per channel; the weights' keys are {@code scope} and one of these names.
   */
  record Norm(String scope, int channels, double eps) implements Elementwise {
    @Override
    public Shape infer(List<Shape> in) {
      Shapes.require(
          in.get(0).dim(1) == channels, "a norm of %d channels was given %s", channels, in.get(0));
      return in.get(0);
    }

    public String weight() {
      return scope + ".weight";
    }

    public String bias() {
      return scope + ".bias";
    }

    public String mean() {
      return scope + ".running_mean";
    }

    public String variance() {
      return scope + ".running_var";
    }

    @Override
    public List<WeightSpec> weights() {
      Shape shape = Shape.of(channels);
      return List.of(
          new WeightSpec(weight(), shape),
          new WeightSpec(bias(), shape),
          new WeightSpec(mean(), shape),
          new WeightSpec(variance(), shape));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.norm(node, this);
    }
  }

  /**
   * 2D transposed convolution ({@code torch.nn.ConvTranspose2d}), square kernel, dilation 1,
   * without output padding. Weight [in, out, kernel, kernel], bias [out].
   */
  record ConvTranspose(
      String weight, @Nullable String bias, int in, int out, int kernel, int stride, int padding)
      implements Unary {
    @Override
    public Shape infer(List<Shape> shapes) {
      Shape x = Shapes.image(shapes.get(0));
      Shapes.require(x.dim(1) == in, "a convolution of %d channels was given %s", in, x);
      return Shape.of(x.dim(0), out, extent(x.dim(2)), extent(x.dim(3)));
    }

    private int extent(int before) {
      int after = (before - 1) * stride - 2 * padding + kernel;
      Shapes.require(after > 0, "a transposed convolution of an extent of %d", before);
      return after;
    }

    @Override
    public List<WeightSpec> weights() {
      WeightSpec kernels = new WeightSpec(weight, Shape.of(in, out, kernel, kernel));
      return bias == null
          ? List.of(kernels)
          : List.of(kernels, new WeightSpec(bias, Shape.of(out)));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.convTranspose(node, this);
    }
  }

  /** A function of each element. */
  record Activation(Function function) implements Elementwise {
    /** The functions, as PyTorch defines them. */
    public enum Function {
      /** {@code x * sigmoid(x)}. */
      SILU,
      /** {@code max(x, 0)}. */
      RELU,
      /** {@code 1 / (1 + exp(-x))}. */
      SIGMOID,
      /** {@code min(max(x + 3, 0), 6) / 6}. */
      HARD_SIGMOID,
      /** {@code exp(x)}. */
      EXP,
      /** {@code x / 2 * (1 + erf(x / sqrt(2)))}. */
      GELU
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.activation(node, this);
    }
  }

  /** Multiplication by a constant. */
  record Scale(double factor) implements Elementwise {
    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.scale(node, this);
    }
  }

  /**
   * Root-mean-square normalisation over the last axis with one gain: {@code x / max(||x|| /
   * sqrt(n), eps) * g}; g has shape [1].
   */
  record ScaleNorm(String g, double eps) implements Elementwise {
    @Override
    public List<WeightSpec> weights() {
      return List.of(new WeightSpec(g, Shape.of(1)));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.scaleNorm(node, this);
    }
  }

  /**
   * Layer normalisation over the last axis: {@code (x - mean) / sqrt(var + eps) * weight + bias},
   * the variance over n; the weights' keys are {@code scope} and one of these names.
   */
  record LayerNorm(String scope, int size, double eps) implements Elementwise {
    @Override
    public Shape infer(List<Shape> in) {
      Shapes.require(
          in.get(0).dim(-1) == size, "a norm of %d features was given %s", size, in.get(0));
      return in.get(0);
    }

    public String weight() {
      return scope + ".weight";
    }

    public String bias() {
      return scope + ".bias";
    }

    @Override
    public List<WeightSpec> weights() {
      return List.of(
          new WeightSpec(weight(), Shape.of(size)), new WeightSpec(bias(), Shape.of(size)));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.layerNorm(node, this);
    }
  }

  /** Exponentials over their sum along the last axis. */
  record Softmax() implements Elementwise {
    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.softmax(node, this);
    }
  }

  /** Sum of two values, broadcast as numpy does. */
  record Add() implements Binary {
    @Override
    public Shape infer(List<Shape> in) {
      return Shapes.broadcast(in.get(0), in.get(1));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.add(node, this);
    }
  }

  /** Product of two values, broadcast as numpy does. */
  record Mul() implements Binary {
    @Override
    public Shape infer(List<Shape> in) {
      return Shapes.broadcast(in.get(0), in.get(1));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.mul(node, this);
    }
  }

  /** Concatenation along an axis from 1. */
  record Concat(int axis) implements OneResult {
    @Override
    public int arity() {
      return -1;
    }

    @Override
    public Shape infer(List<Shape> in) {
      int sum = 0;
      for (Shape shape : in) {
        Shapes.require(
            shape.rank() == in.get(0).rank() && shape.with(axis, 0).equals(in.get(0).with(axis, 0)),
            "concatenation along axis %d of %s",
            axis,
            in);
        sum += shape.dim(axis);
      }
      return in.get(0).with(axis, sum);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.concat(node, this);
    }
  }

  /** Elements {@code from} to {@code to - 1} along an axis. */
  record Slice(int axis, int from, int to) implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shapes.require(
          0 <= from && from < to && to <= in.get(0).dim(axis),
          "slice %d to %d along axis %d of %s",
          from,
          to,
          axis,
          in.get(0));
      return in.get(0).with(axis, to - from);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.slice(node, this);
    }
  }

  /** The parts of a value one after another along an axis, as many as there are sizes. */
  record Split(int axis, List<Integer> sizes) implements Op {
    public Split {
      sizes = List.copyOf(sizes);
    }

    @Override
    public int arity() {
      return 1;
    }

    @Override
    public List<Shape> shapes(List<Shape> in) {
      Shape x = in.get(0);
      Shapes.require(
          !sizes.isEmpty()
              && sizes.stream().allMatch(size -> size > 0)
              && sizes.stream().mapToLong(Integer::longValue).sum() == x.dim(axis),
          "split into %s along axis %d of %s",
          sizes,
          axis,
          x);
      return sizes.stream().map(size -> x.with(axis, size)).toList();
    }

    /** The parts as slices, in their order. */
    public List<Slice> slices() {
      List<Slice> slices = new ArrayList<>();
      int from = 0;
      for (int size : sizes) {
        slices.add(new Slice(axis, from, from + size));
        from += size;
      }
      return slices;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.split(node, this);
    }
  }

  /**
   * Pictures as decoders give them, bytes [N, H, W, C], to normalised planes [N, C, H, W]: {@code
   * (x - mean[c]) / std[c]}.
   *
   * @param mean by channel, 0 to 255
   * @param std by channel, positive
   */
  record NormalizePixels(List<Double> mean, List<Double> std) implements Unary {
    public NormalizePixels {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
      Shapes.require(
          mean.size() == std.size() && std.stream().allMatch(each -> each > 0),
          "expected as many means as positive deviations, found %s and %s",
          mean,
          std);
    }

    @Override
    public DType reads() {
      return DType.UINT8;
    }

    @Override
    public Shape infer(List<Shape> in) {
      Shape x = in.get(0);
      Shapes.require(
          x.rank() == 4 && x.dim(3) == mean.size(),
          "expected pixels [N, H, W, %d], found %s",
          mean.size(),
          x);
      return Shape.of(x.dim(0), x.dim(3), x.dim(1), x.dim(2));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.normalizePixels(node, this);
    }
  }

  /** Maximum over square windows; padding never wins. */
  record MaxPool(int kernel, int stride, int padding) implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape x = Shapes.image(in.get(0));
      return Shape.of(
          x.dim(0),
          x.dim(1),
          Shapes.window(x.dim(2), kernel, stride, padding),
          Shapes.window(x.dim(3), kernel, stride, padding));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.maxPool(node, this);
    }
  }

  /** Mean over height and width, both kept with extent 1. */
  record GlobalAvgPool() implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape x = Shapes.image(in.get(0));
      return Shape.of(x.dim(0), x.dim(1), 1, 1);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.globalAvgPool(node, this);
    }
  }

  /** Nearest-neighbour enlargement by a whole factor. */
  record Upsample(int factor) implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape x = Shapes.image(in.get(0));
      return Shape.of(x.dim(0), x.dim(1), x.dim(2) * factor, x.dim(3) * factor);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.upsample(node, this);
    }
  }

  /**
   * {@code torch.nn.PixelShuffle}: channel {@code c * factor² + dy * factor + dx} becomes pixel
   * {@code (y * factor + dy, x * factor + dx)} of channel {@code c}.
   */
  record PixelShuffle(int factor) implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape x = Shapes.image(in.get(0));
      Shapes.require(x.dim(1) % (factor * factor) == 0, "pixel shuffle by %d of %s", factor, x);
      return Shape.of(x.dim(0), x.dim(1) / (factor * factor), x.dim(2) * factor, x.dim(3) * factor);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.pixelShuffle(node, this);
    }
  }

  /**
   * YOLOX's {@code Focus}: the four phases of each 2×2 block as channels, all channels of the upper
   * left pixels first, then of the lower left, the upper right and the lower right.
   */
  record Focus() implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape x = Shapes.image(in.get(0));
      Shapes.require(x.dim(2) % 2 == 0 && x.dim(3) % 2 == 0, "focus of odd extents %s", x);
      return Shape.of(x.dim(0), x.dim(1) * 4, x.dim(2) / 2, x.dim(3) / 2);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.focus(node, this);
    }
  }

  /** {@code x · weightᵀ + bias} along the last axis; weight [out, in], bias [out]. */
  record Linear(String weight, @Nullable String bias, int in, int out) implements Unary {
    @Override
    public Shape infer(List<Shape> shapes) {
      Shape x = shapes.get(0);
      Shapes.require(x.dim(-1) == in, "a linear layer of %d features was given %s", in, x);
      return x.with(-1, out);
    }

    @Override
    public List<WeightSpec> weights() {
      WeightSpec matrix = new WeightSpec(weight, Shape.of(out, in));
      return bias == null ? List.of(matrix) : List.of(matrix, new WeightSpec(bias, Shape.of(out)));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.linear(node, this);
    }
  }

  /** Product of matrices [N, m, k] and [N, k, n], or [N, n, k] where the second is transposed. */
  record MatMul(boolean transposeB) implements Binary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape a = in.get(0);
      Shape b = in.get(1);
      Shapes.require(
          a.rank() == 3
              && b.rank() == 3
              && a.dim(0) == b.dim(0)
              && a.dim(2) == b.dim(transposeB ? 2 : 1),
          "product of %s and %s%s",
          a,
          b,
          transposeB ? " transposed" : "");
      return Shape.of(a.dim(0), a.dim(1), b.dim(transposeB ? 1 : 2));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.matMul(node, this);
    }
  }

  /** [N, m, n] to [N, n, m]. */
  record Transpose() implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shape x = in.get(0);
      Shapes.require(x.rank() == 3, "expected matrices [N, m, n] to transpose, found %s", x);
      return Shape.of(x.dim(0), x.dim(2), x.dim(1));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.transpose(node, this);
    }
  }

  /** The same elements in row-major order under another shape. */
  record Reshape(Shape shape) implements Unary {
    @Override
    public Shape infer(List<Shape> in) {
      Shapes.require(
          in.get(0).hasBatch() == shape.hasBatch()
              && in.get(0).withBatch(1).elements() == shape.withBatch(1).elements(),
          "reshape of %s to %s",
          in.get(0),
          shape);
      return shape;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R accept(
        Node node, OpVisitor<R, X> visitor) throws X {
      return visitor.reshape(node, this);
    }
  }
}
