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
 */
public record SeparableConv(int out, int kernel, int stride) {

  public Value apply(Scope scope, Value x) {
    int channels = x.shape().dim(1);
    Value y =
        new ConvNormAct(channels, kernel, stride, channels, Function.SILU)
            .apply(scope.in("depthwise_conv"), x);
    return ConvNormAct.silu(out, 1, 1).apply(scope.in("pointwise_conv"), y);
  }

  /** A 3×3 convolution with SiLU, separable or plain. */
  public static Value conv3(Scope scope, Value x, int out, int stride, boolean separable) {
    return separable
        ? new SeparableConv(out, 3, stride).apply(scope, x)
        : ConvNormAct.silu(out, 3, stride).apply(scope, x);
  }
}
