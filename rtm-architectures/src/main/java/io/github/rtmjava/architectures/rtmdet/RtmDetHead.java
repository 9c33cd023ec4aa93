package io.github.rtmjava.architectures.rtmdet;

import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.SeparableConv;
import java.util.List;

/**
 * RTMDet's head (mmdet's {@code RTMDetSepBNHead} without objectness).
 *
 * @param classes number of classes
 * @param channels of the convolutions
 * @param stacked number of convolutions before each prediction
 * @param expOnReg whether distances are predicted as logarithms
 * @param separable whether the convolutions are separable
 */
record RtmDetHead(int classes, int channels, int stacked, boolean expOnReg, boolean separable) {

  void apply(NetworkBuilder builder, Scope scope, List<Value> levels) {
    for (int level = 0; level < levels.size(); level++) {
      Value cls = stack(scope.in("cls_convs").in(level), levels.get(level));
      Value reg = stack(scope.in("reg_convs").in(level), levels.get(level));
      cls = scope.in("rtm_cls").convWithBias(Integer.toString(level), cls, classes);
      reg = scope.in("rtm_reg").convWithBias(Integer.toString(level), reg, 4);
      if (expOnReg) {
        reg = scope.activation("exp." + level, reg, Function.EXP);
      }
      reg = scope.scale("distances." + level, reg, RtmDet.STRIDES.get(level));
      builder.output("cls" + level, cls);
      builder.output("reg" + level, reg);
    }
  }

  private Value stack(Scope scope, Value x) {
    Value y = x;
    for (int i = 0; i < stacked; i++) {
      y = SeparableConv.conv3(scope.in(i), y, channels, 1, separable);
    }
    return y;
  }
}
