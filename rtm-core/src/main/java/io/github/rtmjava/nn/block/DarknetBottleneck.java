package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * Darknet's basic block: a 1×1 and a 3×3 convolution that keep the channels.
 *
 * @param residual whether the input is added to the result
 * @param eps the batch norms' epsilon
 */
public record DarknetBottleneck(boolean residual, double eps) implements CspLayer.Block {

  @Override
  public Value apply(Scope scope, Value x) {
    int channels = x.shape().dim(1);
    Value y = ConvNormAct.silu(channels, 1, 1).withEps(eps).apply(scope.in("conv1"), x);
    y = ConvNormAct.silu(channels, 3, 1).withEps(eps).apply(scope.in("conv2"), y);
    return residual ? scope.add("residual", y, x) : y;
  }
}
