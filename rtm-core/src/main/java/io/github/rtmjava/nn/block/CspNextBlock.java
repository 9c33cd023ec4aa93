package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * CSPNeXt's basic block: a 3×3 convolution and a separable 5×5 one that keep the channels.
 *
 * @param residual whether the input is added to the result
 * @param separable whether the 3×3 convolution is separable too (the nano size)
 */
public record CspNextBlock(boolean residual, boolean separable) implements CspLayer.Block {

  @Override
  public Value apply(Scope scope, Value x) {
    int channels = x.shape().dim(1);
    Value y = SeparableConv.conv3(scope.in("conv1"), x, channels, 1, separable);
    y = new SeparableConv(channels, 5, 1).apply(scope.in("conv2"), y);
    return residual ? scope.add("residual", y, x) : y;
  }
}
