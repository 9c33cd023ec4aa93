package io.github.rtmjava.architectures.yolox;

import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.SeparableConv;
import java.util.List;

/**
 * YOLOX's decoupled head (mmdet's {@code YOLOXHead}): one tower tells the class, another one the
 * box and whether there is anything.
 *
 * @param classes number of classes
 * @param channels of the towers
 * @param stacked number of convolutions in each tower
 * @param separable whether the towers' convolutions are separable
 */
record YoloxHead(int classes, int channels, int stacked, boolean separable) {

  static YoloxHead of(ModelSpec spec, boolean separable) {
    return new YoloxHead(
        spec.hyper("classes"), spec.hyper("head_channels"), spec.hyper("stacked_convs"), separable);
  }

  void apply(NetworkBuilder builder, Scope scope, List<Value> levels) {
    for (int i = 0; i < levels.size(); i++) {
      Value cls = tower(scope.in("multi_level_cls_convs").in(i), levels.get(i));
      Value reg = tower(scope.in("multi_level_reg_convs").in(i), levels.get(i));
      String level = Integer.toString(i);
      builder.output("cls" + i, scope.in("multi_level_conv_cls").convWithBias(level, cls, classes));
      builder.output("reg" + i, scope.in("multi_level_conv_reg").convWithBias(level, reg, 4));
      builder.output("obj" + i, scope.in("multi_level_conv_obj").convWithBias(level, reg, 1));
    }
  }

  private Value tower(Scope scope, Value x) {
    Value y = x;
    for (int i = 0; i < stacked; i++) {
      y = SeparableConv.conv3(scope.in(i), y, channels, 1, separable, Yolox.EPS);
    }
    return y;
  }
}
