package io.github.rtmjava.architectures.rtmo;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.KeypointDataset;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspDarknet;
import io.github.rtmjava.nn.block.HybridEncoder;
import io.github.rtmjava.nn.block.WeightShapes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Derives an RTMO's specification from a checkpoint. */
final class RtmoRecogniser {
  private static final Parts PARTS = new Parts(Rtmo.NAME, List.of("backbone", "neck", "head"));

  /** The thresholds of upstream's configurations, which name no limit of people. */
  private static final Codec CODEC = new Codec.Dcc(0.1f, 100_000, 0.65f, 1000, 1.25f);

  /** The stem of the tiny size, the only one with an input of 416 and not of 640 pixels. */
  private static final int TINY_STEM = 24;

  private final Checkpoint checkpoint;
  private final WeightShapes shapes;

  RtmoRecogniser(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.shapes = new WeightShapes(checkpoint, "an rtmo network");
  }

  Recognition recognise() throws CheckpointException {
    boolean head =
        checkpoint.hasPrefix("head.head_module.out_pose.") && checkpoint.hasPrefix("head.dcc.");
    Optional<Recognition> incomplete =
        PARTS.incomplete(checkpoint, CspDarknet.isIn(checkpoint), head);
    return incomplete.isPresent() ? incomplete.get() : new Recognition.Whole(spec());
  }

  private ModelSpec spec() throws CheckpointException {
    CspDarknet backbone = CspDarknet.of(checkpoint);
    RtmoHead head = RtmoHead.of(shapes);
    DccNetwork dcc = DccNetwork.of(shapes);
    requireOneClass();
    if (dcc.keypoints() != head.keypoints() || dcc.vector() != head.vector()) {
      throw new CheckpointException(
          "%s: expected one number of keypoints, found %s in head.head_module and %s in head.dcc"
                  .formatted(checkpoint.source(), head.keypoints(), dcc.keypoints())
              + " (vectors of %s and %s)".formatted(head.vector(), dcc.vector()));
    }
    Map<String, Integer> hyper = new TreeMap<>();
    backbone.putInto(hyper);
    HybridEncoder.of(checkpoint).putInto(hyper);
    head.putInto(hyper);
    dcc.putInto(hyper);
    int size = backbone.channels().get(0) == TINY_STEM ? 416 : 640;
    return new ModelSpec(
        Rtmo.NAME,
        Task.POSE_2D,
        InputSpec.plainBgr(size, size),
        CODEC,
        List.of(KeypointDataset.of(checkpoint, head.keypoints())),
        hyper);
  }

  private void requireOneClass() throws CheckpointException {
    int classes = shapes.of("head.head_module.out_cls.0.weight", 4).dim(0);
    if (classes != 1) {
      throw new CheckpointException(
          "%s: expected an RTMO that finds people alone, found one of %s classes"
              .formatted(checkpoint.source(), classes));
    }
  }
}
