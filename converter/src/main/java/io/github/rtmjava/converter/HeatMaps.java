package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.tensor.Shape;

/** Heads that draw a map of each keypoint, the commonest ones, which are told to be refused. */
final class HeatMaps {
  static final String REFUSAL =
      "expected a pose network whose head classifies coordinates (SimCC, as RTMPose has it), found"
          + " one that draws a heat map of each keypoint: there is no decoder for those here";

  private HeatMaps() {}

  /** Whether the head ends in a convolution, and nothing reads its maps. */
  static boolean isIn(Checkpoint checkpoint) {
    return hasMaps(checkpoint, "head.") || hasMaps(checkpoint, "keypoint_head.");
  }

  private static boolean hasMaps(Checkpoint checkpoint, String head) {
    boolean convolution =
        checkpoint
            .shape(head + "final_layer.weight")
            .map(Shape::rank)
            .filter(rank -> rank == 4)
            .isPresent();
    return convolution
        && !checkpoint.has(head + "cls_x.weight")
        && !checkpoint.hasPrefix(head + "mlp.");
  }
}
