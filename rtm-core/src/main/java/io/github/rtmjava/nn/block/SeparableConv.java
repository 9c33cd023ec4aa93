package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * A depthwise convolution, then a 1×1 convolution, each with batch norm and SiLU: mmcv's {@code
 * DepthwiseSeparableConvModule}.
 *
 * @param out channels
 * @param kernel of the depthwise convolution
 * @param stride of the depthwise convolution
 * @param eps the batch norms' epsilon
 */
public record SeparableConv(int out, int kernel, int stride, double eps) {

  /** With the usual epsilon. */
  public SeparableConv(int out, int kernel, int stride) {
    this(out, kernel, stride, ConvNormAct.EPS);
  }

  public Value apply(Scope scope, Value x) {
    int channels = x.shape().dim(1);
    Value y =
        new ConvNormAct(channels, kernel, stride, channels, Function.SILU, eps)
            .apply(scope.in("depthwise_conv"), x);
    return ConvNormAct.silu(out, 1, 1).withEps(eps).apply(scope.in("pointwise_conv"), y);
  }

  /** A 3×3 convolution with SiLU, separable or plain. */
  public static Value conv3(Scope scope, Value x, int out, int stride, boolean separable) {
    return conv3(scope, x, out, stride, separable, ConvNormAct.EPS);
  }

  /** The same with another epsilon. */
  public static Value conv3(
      Scope scope, Value x, int out, int stride, boolean separable, double eps) {
    return separable
        ? new SeparableConv(out, 3, stride, eps).apply(scope, x)
        : ConvNormAct.silu(out, 3, stride).withEps(eps).apply(scope, x);
  }
}
