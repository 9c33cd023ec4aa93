package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * Darknet's basic block: a 1×1 and a 3×3 convolution that keep the channels.
 *
 * @param residual whether the input is added to the result
 * @param separable whether the 3×3 convolution is separable
 * @param eps the batch norms' epsilon
 */
public record DarknetBottleneck(boolean residual, boolean separable, double eps)
    implements CspLayer.Block {

  @Override
  public Value apply(Scope scope, Value x) {
    int channels = x.shape().dim(1);
    Value y = ConvNormAct.silu(channels, 1, 1).withEps(eps).apply(scope.in("conv1"), x);
    y = SeparableConv.conv3(scope.in("conv2"), y, channels, 1, separable, eps);
    return residual ? scope.add("residual", y, x) : y;
  }
}
