package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/** Channels weighted by a hard sigmoid of a linear map of their means (RTMDet, section 3.2). */
public record ChannelAttention() {

  public Value apply(Scope scope, Value x) {
    Value weights = scope.globalAvgPool("global_avgpool", x);
    weights = scope.convWithBias("fc", weights, x.shape().dim(1));
    weights = scope.activation("act", weights, Function.HARD_SIGMOID);
    return scope.mul("weighted", x, weights);
  }
}
