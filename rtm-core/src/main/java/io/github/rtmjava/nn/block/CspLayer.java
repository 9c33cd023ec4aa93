package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * A cross-stage-partial layer: half of the channels go through the blocks, half pass by, both are
 * joined (blocks first), weighted where there is attention, and mixed.
 *
 * @param out channels
 * @param blocks number of blocks
 * @param residual whether each block adds its input
 * @param attention whether there is channel attention
 * @param separable whether the blocks' 3×3 convolutions are separable
 */
public record CspLayer(
    int out, int blocks, boolean residual, boolean attention, boolean separable) {

  public Value apply(Scope scope, Value x) {
    ConvNormAct half = ConvNormAct.silu(out / 2, 1, 1);
    Value shortcut = half.apply(scope.in("short_conv"), x);
    Value main = half.apply(scope.in("main_conv"), x);
    for (int i = 0; i < blocks; i++) {
      main = new CspNextBlock(residual, separable).apply(scope.in("blocks").in(i), main);
    }
    Value joined = scope.concat("joined", 1, main, shortcut);
    if (attention) {
      joined = new ChannelAttention().apply(scope.in("attention"), joined);
    }
    return ConvNormAct.silu(out, 1, 1).apply(scope.in("final_conv"), joined);
  }
}
