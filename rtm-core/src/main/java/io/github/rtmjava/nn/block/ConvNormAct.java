package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import org.jspecify.annotations.Nullable;

/**
 * Convolution without bias, batch norm, activation: mmcv's {@code ConvModule}.
 *
 * @param out channels
 * @param kernel odd; padded by half of it
 * @param stride of the convolution
 * @param groups of the convolution
 * @param activation none if null
 * @param eps the batch norm's epsilon
 */
public record ConvNormAct(
    int out, int kernel, int stride, int groups, @Nullable Function activation, double eps) {
  /** What mmcv's {@code build_norm_layer} sets where a configuration names no epsilon. */
  public static final double EPS = 1e-5;

  /** With the usual epsilon. */
  public ConvNormAct(int out, int kernel, int stride, int groups, @Nullable Function activation) {
    this(out, kernel, stride, groups, activation, EPS);
  }

  /** A convolution with SiLU. */
  public static ConvNormAct silu(int out, int kernel, int stride) {
    return new ConvNormAct(out, kernel, stride, 1, Function.SILU);
  }

  /** The same with another epsilon. */
  public ConvNormAct withEps(double other) {
    return new ConvNormAct(out, kernel, stride, groups, activation, other);
  }

  public Value apply(Scope scope, Value x) {
    Value y = scope.conv("conv", x, out, kernel, stride, groups);
    y = scope.norm("bn", y, eps);
    return activation == null ? y : scope.activation("activate", y, activation);
  }
}
