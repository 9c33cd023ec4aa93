package io.github.rtmjava.nn;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of modules from which operations are added to a network. The path is the
 * prefix of the checkpoint keys below it; each result is named by path and module.
 */
public final class Scope {
  private final NetworkBuilder builder;
  private final String path;

  Scope(NetworkBuilder builder, String path) {
    this.builder = builder;
    this.path = path;
  }

  /** The place below this one: {@code scope.in("stage1").in(0)} has the path {@code stage1.0}. */
  public Scope in(String module) {
    return new Scope(builder, child(module));
  }

  /** The place of a numbered module below this one. */
  public Scope in(int module) {
    return in(Integer.toString(module));
  }

  /** The full name of something below this place: for a weight whose name is not a module's. */
  public String path(String name) {
    return child(name);
  }

  /** A convolution without bias, padded by half its kernel. */
  public Value conv(String module, Value x, int out, int kernel, int stride, int groups) {
    return conv(module, x, out, kernel, stride, groups, false);
  }

  /** A 1×1 convolution with bias. */
  public Value convWithBias(String module, Value x, int out) {
    return conv(module, x, out, 1, 1, 1, true);
  }

  /** A convolution padded by half its kernel. */
  public Value conv(
      String module, Value x, int out, int kernel, int stride, int groups, boolean bias) {
    String name = child(module);
    return add(
        name,
        new Op.Conv(
            name + ".weight",
            bias ? name + ".bias" : null,
            x.shape().dim(1),
            out,
            kernel,
            stride,
            kernel / 2,
            groups),
        x);
  }

  /** Batch normalisation. */
  public Value norm(String module, Value x, double eps) {
    return add(child(module), new Op.Norm(child(module), x.shape().dim(1), eps), x);
  }

  /** A function of each element. */
  public Value activation(String module, Value x, Function function) {
    return add(child(module), new Op.Activation(function), x);
  }

  /** Normalisation over the last axis. */
  public Value scaleNorm(String module, Value x, double eps) {
    return add(child(module), new Op.ScaleNorm(child(module) + ".g", eps), x);
  }

  /** A transposed convolution without bias. */
  public Value convTranspose(String module, Value x, int out, int kernel, int stride, int padding) {
    String name = child(module);
    return add(
        name,
        new Op.ConvTranspose(
            name + ".weight", null, x.shape().dim(1), out, kernel, stride, padding),
        x);
  }

  /** Layer normalisation over the last axis. */
  public Value layerNorm(String module, Value x, double eps) {
    return add(child(module), new Op.LayerNorm(child(module), x.shape().dim(-1), eps), x);
  }

  /** A linear layer without bias along the last axis. */
  public Value linear(String module, Value x, int out) {
    String name = child(module);
    return linear(module, x, out, name + ".weight", null);
  }

  /** A linear layer with bias along the last axis. */
  public Value linearWithBias(String module, Value x, int out) {
    String name = child(module);
    return linear(module, x, out, name + ".weight", name + ".bias");
  }

  /** A linear layer along the last axis whose weights have names of their own. */
  public Value linear(String module, Value x, int out, String weight, @Nullable String bias) {
    return add(child(module), new Op.Linear(weight, bias, x.shape().dim(-1), out), x);
  }

  /** Exponentials over their sum along the last axis. */
  public Value softmax(String module, Value x) {
    return add(child(module), new Op.Softmax(), x);
  }

  /** [N, m, n] to [N, n, m]. */
  public Value transpose(String module, Value x) {
    return add(child(module), new Op.Transpose(), x);
  }

  /** A value that no checkpoint holds; row-major. */
  public Value constant(String module, Shape shape, float[] values) {
    return add(child(module), new Op.Constant(shape, values));
  }

  /** The four phases of each 2×2 block as channels. */
  public Value focus(String module, Value x) {
    return add(child(module), new Op.Focus(), x);
  }

  /** A weight as a value. */
  public Value weight(String key, int... dims) {
    return add(child(key), new Op.Weight(child(key), Shape.of(dims)));
  }

  public Value scale(String module, Value x, double factor) {
    return add(child(module), new Op.Scale(factor), x);
  }

  public Value add(String module, Value a, Value b) {
    return add(child(module), new Op.Add(), a, b);
  }

  public Value mul(String module, Value a, Value b) {
    return add(child(module), new Op.Mul(), a, b);
  }

  public Value matMul(String module, Value a, Value b, boolean transposeB) {
    return add(child(module), new Op.MatMul(transposeB), a, b);
  }

  /** Concatenation of channels, or of another axis. */
  public Value concat(String module, int axis, Value... parts) {
    return add(child(module), new Op.Concat(axis), parts);
  }

  public Value slice(String module, Value x, int axis, int from, int to) {
    return add(child(module), new Op.Slice(axis, from, to), x);
  }

  /**
   * Parts along an axis, one after another.
   *
   * @param modules the names of the parts
   * @param sizes their extents, which add up to that of {@code x}
   */
  public List<Value> split(List<String> modules, Value x, int axis, int... sizes) {
    return builder.add(
        modules.stream().map(this::child).toList(),
        new Op.Split(axis, Arrays.stream(sizes).boxed().toList()),
        List.of(x));
  }

  /** Bytes [N, H, W, C] to planes {@code (x - mean[c]) / std[c]}. */
  public Value normalizePixels(String module, Value x, List<Double> mean, List<Double> std) {
    return add(child(module), new Op.NormalizePixels(mean, std), x);
  }

  /** Maximum over windows of stride 1 that keeps height and width. */
  public Value maxPool(String module, Value x, int kernel) {
    return maxPool(module, x, kernel, 1);
  }

  /** Maximum over windows, padded by half their size. */
  public Value maxPool(String module, Value x, int kernel, int stride) {
    return add(child(module), new Op.MaxPool(kernel, stride, kernel / 2), x);
  }

  public Value globalAvgPool(String module, Value x) {
    return add(child(module), new Op.GlobalAvgPool(), x);
  }

  public Value upsample(String module, Value x, int factor) {
    return add(child(module), new Op.Upsample(factor), x);
  }

  public Value pixelShuffle(String module, Value x, int factor) {
    return add(child(module), new Op.PixelShuffle(factor), x);
  }

  public Value reshape(String module, Value x, int... dims) {
    return add(child(module), new Op.Reshape(Shape.of(dims)), x);
  }

  private String child(String module) {
    return path.isEmpty() ? module : path + "." + module;
  }

  private Value add(String name, Op.OneResult op, Value... inputs) {
    return builder.add(name, op, List.of(inputs));
  }
}
