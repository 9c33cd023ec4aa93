package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * A cross-stage-partial layer of RepVGG blocks (RT-DETR, arXiv:2304.08069; mmpose's {@code
 * CSPRepLayer}): what went through the blocks and what passed by are added.
 *
 * @param out channels
 * @param hidden channels of both ways; where they are {@code out}, nothing follows the sum
 * @param blocks number of blocks
 */
public record CspRepLayer(int out, int hidden, int blocks) {

  public Value apply(Scope scope, Value x) {
    ConvNormAct way = ConvNormAct.silu(hidden, 1, 1);
    Value main = way.apply(scope.in("conv1"), x);
    for (int i = 0; i < blocks; i++) {
      main = block(scope.in("bottlenecks").in(i), main);
    }
    Value sum = scope.add("joined", main, way.apply(scope.in("conv2"), x));
    return hidden == out ? sum : ConvNormAct.silu(out, 1, 1).apply(scope.in("conv3"), sum);
  }

  private Value block(Scope scope, Value x) {
    Value wide = new ConvNormAct(hidden, 3, 1, 1, null).apply(scope.in("branch_3x3"), x);
    Value narrow = new ConvNormAct(hidden, 1, 1, 1, null).apply(scope.in("branch_1x1"), x);
    return scope.activation("act", scope.add("branches", wide, narrow), Function.SILU);
  }
}
