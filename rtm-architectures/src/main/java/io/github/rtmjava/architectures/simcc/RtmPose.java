package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.KeypointDataset;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.CspNext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * RTMPose (arXiv:2303.07399), and DWPose (arXiv:2307.15880), which has the same networks: CSPNeXt
 * and a head that classifies each keypoint's x and y over sub-pixel bins (SimCC), for any number of
 * keypoints.
 *
 * <p>Input {@code image} [N, 3, H, W]. Outputs, raw as {@code RTMCCHead} returns them: {@code
 * simcc_x} [N, K, W·split], {@code simcc_y} [N, K, H·split].
 */
public final class RtmPose implements Architecture {
  static final String NAME = "rtmpose";
  private static final Parts PARTS = new Parts(NAME, List.of("backbone", "head"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    SimccRecogniser recogniser = new SimccRecogniser(checkpoint, PARTS);
    Optional<Recognition> incomplete =
        recogniser.incomplete(
            checkpoint.has("head.final_layer.weight")
                && checkpoint.has("head.cls_x.weight")
                && !checkpoint.has("head.cls_z.weight"));
    return incomplete.isPresent() ? incomplete.get() : new Recognition.Whole(spec(recogniser));
  }

  private static ModelSpec spec(SimccRecogniser recogniser) throws CheckpointException {
    RtmccHead head = RtmccHead.of(recogniser.shapes());
    Map<String, Integer> hyper = new TreeMap<>();
    CspNext.of(recogniser.checkpoint()).putInto(hyper);
    head.putInto(hyper);
    InputSpec input = recogniser.input(head.classifiers());
    return new ModelSpec(
        NAME,
        Task.POSE_2D,
        input,
        new Codec.Simcc(head.classifiers().splitRatio(input), 0, 0, 0),
        List.of(KeypointDataset.of(recogniser.checkpoint(), head.keypoints())),
        hyper);
  }

  @Override
  public Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    NetworkBuilder builder =
        new NetworkBuilder("%s %sx%s".formatted(NAME, input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    List<Value> levels = CspNext.of(spec.hyperParameters()).apply(root.in("backbone"), image);
    RtmccHead.of(spec).apply(builder, root.in("head"), levels.get(2));
    return builder.build();
  }
}
