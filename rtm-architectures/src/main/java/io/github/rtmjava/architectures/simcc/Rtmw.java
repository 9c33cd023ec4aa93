package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;

/**
 * RTMW (arXiv:2407.08634): CSPNeXt, PAFPN, and a head on two levels that classifies each keypoint's
 * x and y over sub-pixel bins (SimCC).
 *
 * <p>Input {@code image} [N, 3, H, W]. Outputs, raw as {@code RTMWHead} returns them: {@code
 * simcc_x} [N, K, W·split], {@code simcc_y} [N, K, H·split].
 */
public final class Rtmw implements Architecture {
  static final String NAME = "rtmw";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    boolean head =
        checkpoint.hasPrefix("head.conv_dec.")
            && checkpoint.has("head.cls_x.weight")
            && !checkpoint.has("head.cls_z.weight");
    return RtmwNetwork.recognise(checkpoint, NAME, Task.POSE_2D, head, Rtmw::codec);
  }

  /** Upstream's configurations decode visibility at the larger of the two input sizes alone. */
  private static Codec codec(SimccClassifiers classifiers, InputSpec input) {
    boolean large = input.width() == 288 && input.height() == 384;
    return new Codec.Simcc(
        classifiers.splitRatio(input), 0, 0, 0, large ? Codec.Visibility.ofSigma(6, 6.93) : null);
  }

  @Override
  public Network build(ModelSpec spec) {
    return RtmwNetwork.build(spec);
  }
}
