package io.github.rtmjava.pose3d;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.nn.block.CspNextPafpn;
import java.util.List;

/**
 * RTMW3D (mmpose's project rtmpose3d; arXiv:2407.08634): CSPNeXt, PAFPN, and a head that classifies
 * each keypoint's x, y and z over sub-pixel bins (SimCC).
 *
 * <p>Input {@code image} [N, 3, H, W]. Outputs, raw as {@code RTMW3DHead} returns them: {@code
 * simcc_x} [N, K, W·split], {@code simcc_y} [N, K, H·split], {@code simcc_z} [N, K, D·split].
 */
public final class Rtmw3d implements Architecture {
  static final String NAME = "rtmw3d";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    return new Rtmw3dRecogniser(checkpoint).recognise();
  }

  @Override
  public Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    NetworkBuilder builder =
        new NetworkBuilder("%s %dx%d".formatted(NAME, input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    List<Value> levels = CspNext.of(spec.hyperParameters()).apply(root.in("backbone"), image);
    levels =
        new CspNextPafpn(spec.hyper("neck_blocks"), 0, spec.hyper("depthwise") == 1)
            .apply(root.in("neck"), levels);
    Rtmw3dHead head =
        new Rtmw3dHead(
            spec.hyper("keypoints"),
            spec.hyper("final_kernel"),
            spec.hyper("decoder_kernel"),
            spec.hyper("coarse_features"),
            spec.hyper("fine_features"),
            spec.hyper("gau_expansion"),
            spec.hyper("gau_features"),
            spec.hyper("bins_x"),
            spec.hyper("bins_y"),
            spec.hyper("bins_z"));
    head.apply(builder, root.in("head"), levels.get(1), levels.get(2));
    return builder.build();
  }
}
