package io.github.rtmjava.architectures.rtmo;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.ConvNormAct;
import io.github.rtmjava.nn.block.WeightShapes;
import java.util.List;
import java.util.Map;

/**
 * RTMO's head on maps (mmpose's {@code RTMOHeadModule}): half of the channels tell whether a cell
 * has a person, the other half box, visibilities and pose.
 *
 * @param keypoints number K of keypoints
 * @param clsChannels channels of the convolutions before the scores
 * @param clsConvs their number
 * @param poseChannels channels of the convolutions before everything else
 * @param poseConvs their number
 * @param groups of those convolutions, but for the first
 * @param vector numbers that describe one pose
 */
record RtmoHead(
    int keypoints,
    int clsChannels,
    int clsConvs,
    int poseChannels,
    int poseConvs,
    int groups,
    int vector) {
  private static final double EPS = 1e-3;

  /** Reads the sizes from the shapes below {@code head.head_module.}. */
  static RtmoHead of(WeightShapes shapes) throws CheckpointException {
    String module = "head.head_module.";
    int poseChannels = shapes.of(module + "conv_pose.0.0.conv.weight", 4).dim(0);
    int each = shapes.of(module + "conv_pose.0.1.conv.weight", 4).dim(1);
    return new RtmoHead(
        shapes.of(module + "out_kpt_vis.0.weight", 4).dim(0),
        shapes.of(module + "conv_cls.0.0.conv.weight", 4).dim(0),
        shapes.checkpoint().countBelow(module + "conv_cls.0."),
        poseChannels,
        shapes.checkpoint().countBelow(module + "conv_pose.0."),
        Math.max(1, poseChannels / Math.max(1, each)),
        shapes.of(module + "out_pose.0.weight", 4).dim(0));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  static RtmoHead of(ModelSpec spec) {
    return new RtmoHead(
        spec.hyper("keypoints"),
        spec.hyper("cls_channels"),
        spec.hyper("cls_convs"),
        spec.hyper("pose_channels"),
        spec.hyper("pose_convs"),
        spec.hyper("pose_groups"),
        spec.hyper("pose_vector"));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put("keypoints", keypoints);
    hyper.put("cls_channels", clsChannels);
    hyper.put("cls_convs", clsConvs);
    hyper.put("pose_channels", poseChannels);
    hyper.put("pose_convs", poseConvs);
    hyper.put("pose_groups", groups);
    hyper.put("pose_vector", vector);
  }

  void apply(NetworkBuilder builder, Scope scope, List<Value> levels) {
    for (int i = 0; i < levels.size(); i++) {
      Value level = levels.get(i);
      int channels = level.shape().dim(1);
      int half = channels / 2;
      Value cls = scope.slice("cls_half." + i, level, 1, 0, half);
      for (int j = 0; j < clsConvs; j++) {
        cls = conv(clsChannels, 1).apply(scope.in("conv_cls").in(i).in(j), cls);
      }
      Value pose = scope.slice("pose_half." + i, level, 1, half, channels);
      for (int j = 0; j < poseConvs; j++) {
        int parts = j == 0 ? 1 : groups;
        pose = conv(poseChannels, parts).apply(scope.in("conv_pose").in(i).in(j), pose);
      }
      String module = Integer.toString(i);
      builder.output("cls" + i, scope.in("out_cls").convWithBias(module, cls, 1));
      builder.output("bbox" + i, scope.in("out_bbox").convWithBias(module, pose, 4));
      builder.output("kptvis" + i, scope.in("out_kpt_vis").convWithBias(module, pose, keypoints));
      builder.output("pose" + i, scope.in("out_pose").convWithBias(module, pose, vector));
    }
  }

  private static ConvNormAct conv(int out, int groups) {
    return new ConvNormAct(out, 3, 1, groups, Function.SILU, EPS);
  }
}
