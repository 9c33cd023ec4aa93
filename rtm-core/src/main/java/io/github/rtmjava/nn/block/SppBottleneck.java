package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * Spatial pyramid pooling: maxima over windows of 5, 9 and 13 beside the features themselves.
 *
 * @param out channels
 * @param eps the batch norms' epsilon
 */
public record SppBottleneck(int out, double eps) {

  /** With the usual epsilon. */
  public SppBottleneck(int out) {
    this(out, ConvNormAct.EPS);
  }

  public Value apply(Scope scope, Value x) {
    int half = x.shape().dim(1) / 2;
    Value y = ConvNormAct.silu(half, 1, 1).withEps(eps).apply(scope.in("conv1"), x);
    Value pooled =
        scope.concat(
            "pooled",
            1,
            y,
            scope.maxPool("poolings.0", y, 5),
            scope.maxPool("poolings.1", y, 9),
            scope.maxPool("poolings.2", y, 13));
    return ConvNormAct.silu(out, 1, 1).withEps(eps).apply(scope.in("conv2"), pooled);
  }
}
