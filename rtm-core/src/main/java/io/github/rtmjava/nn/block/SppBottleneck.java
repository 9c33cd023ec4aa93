package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/** Spatial pyramid pooling: maxima over windows of 5, 9 and 13 beside the features themselves. */
public record SppBottleneck(int out) {

  public Value apply(Scope scope, Value x) {
    Value y = ConvNormAct.silu(x.shape().dim(1) / 2, 1, 1).apply(scope.in("conv1"), x);
    Value pooled =
        scope.concat(
            "pooled",
            1,
            y,
            scope.maxPool("poolings.0", y, 5),
            scope.maxPool("poolings.1", y, 9),
            scope.maxPool("poolings.2", y, 13));
    return ConvNormAct.silu(out, 1, 1).apply(scope.in("conv2"), pooled);
  }
}
