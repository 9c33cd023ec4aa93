package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;

/**
 * RTMW3D (mmpose's project rtmpose3d; arXiv:2407.08634): an RTMW with a third axis.
 *
 * <p>Input {@code image} [N, 3, H, W]. Outputs, raw as {@code RTMW3DHead} returns them: {@code
 * simcc_x} [N, K, W·split], {@code simcc_y} [N, K, H·split], {@code simcc_z} [N, K, D·split].
 */
public final class Rtmw3d implements Architecture {
  static final String NAME = "rtmw3d";

  /** Half the metric depth of upstream's {@code SimCC3DLabel}, in metres. */
  private static final double Z_RANGE = 2.1744869;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    boolean head = checkpoint.hasPrefix("head.conv_dec.") && checkpoint.has("head.cls_z.weight");
    double zRange = checkpoint.meta().number("codec", "z_range").orElse(Z_RANGE);
    return RtmwNetwork.recognise(
        checkpoint,
        NAME,
        Task.POSE_3D,
        head,
        (classifiers, input) -> {
          double split = classifiers.splitRatio(input);
          return new Codec.Simcc(
              split,
              (int) Math.round(classifiers.binsZ() / split),
              zRange,
              Camera.NOMINAL_ROOT_DEPTH);
        });
  }

  @Override
  public Network build(ModelSpec spec) {
    return RtmwNetwork.build(spec);
  }
}
