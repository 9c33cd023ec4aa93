package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import java.io.IOException;

/** Says which estimator a model goes with. */
final class PoseEstimators {
  private PoseEstimators() {}

  /**
   * Makes a model ready.
   *
   * @throws IllegalArgumentException if it is no pose model, or cannot be asked for a flip test
   */
  static PoseEstimator of(Model model, Runners runners, boolean flipTest) throws IOException {
    Codec codec = model.spec().codec();
    boolean flat = codec instanceof Codec.Simcc simcc && simcc.depth() == 0;
    if (flipTest && !flat) {
      throw new IllegalArgumentException(
          "expected a two-dimensional top-down model for a flip test, as upstream has it; found"
              + " '%s', a %s".formatted(model.name(), model.spec().architecture()));
    }
    if (codec instanceof Codec.Simcc || codec instanceof Codec.HandVolumes) {
      return TopDownEstimator.of(model, runners, flipTest);
    }
    if (codec instanceof Codec.Dcc) {
      return OneStageEstimator.of(model, runners);
    }
    throw new IllegalArgumentException(
        "expected a pose model, for example an RTMPose, found '%s', a %s of task %s"
            .formatted(model.name(), model.spec().architecture(), model.spec().task()));
  }

  /** Whether the model's estimator looks in boxes, see {@link PoseEstimator#needsBoxes()}. */
  static boolean needBoxes(Model model) {
    return !(model.spec().codec() instanceof Codec.Dcc);
  }

  /**
   * @throws IllegalArgumentException if the model is not one of people in three dimensions
   */
  static void requireDepth(Model model) {
    ModelSpec spec = model.spec();
    if (!(spec.codec() instanceof Codec.Simcc codec) || codec.depth() == 0) {
      throw new IllegalArgumentException(
          "expected a 3D pose model, for example an RTMW3D, found '%s', which is a %s of task %s"
              .formatted(model.name(), spec.architecture(), spec.task()));
    }
  }
}
