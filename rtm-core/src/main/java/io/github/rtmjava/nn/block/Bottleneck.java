package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * ResNet's residual block of three convolutions (arXiv:1512.03385, figure 5), in the style that
 * steps in the 3×3 convolution.
 *
 * @param width channels inside
 * @param stride of the 3×3 convolution
 */
record Bottleneck(int width, int stride) {
  /** Channels of the result per channel inside. */
  static final int EXPANSION = 4;

  Value apply(Scope scope, Value x) {
    Value y = convNorm(scope, "1", x, width, 1, 1);
    y = scope.activation("relu1", y, Function.RELU);
    y = convNorm(scope, "2", y, width, 3, stride);
    y = scope.activation("relu2", y, Function.RELU);
    y = convNorm(scope, "3", y, EXPANSION * width, 1, 1);
    Value sum = scope.add("sum", y, shortcut(scope.in("downsample"), x));
    return scope.activation("relu", sum, Function.RELU);
  }

  private Value shortcut(Scope scope, Value x) {
    int out = EXPANSION * width;
    return stride == 1 && x.shape().dim(1) == out
        ? x
        : scope.norm("1", scope.conv("0", x, out, 1, stride, 1), ConvNormAct.EPS);
  }

  private static Value convNorm(
      Scope scope, String number, Value x, int out, int kernel, int stride) {
    Value y = scope.conv("conv" + number, x, out, kernel, stride, 1);
    return scope.norm("bn" + number, y, ConvNormAct.EPS);
  }
}
