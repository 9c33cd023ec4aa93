package io.github.rtmjava.examples;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * An architecture of one's own: a backbone of one convolution, and a head that classifies the
 * column and the row of one keypoint over bins (SimCC), as RTMPose does for the joints of a person.
 *
 * <p>Input {@code image} [N, 3, S, S]. Outputs {@code simcc_x} and {@code simcc_y}, [N, 1, bins].
 */
public final class BrightSpot implements Architecture {
  private static final String NAME = "bright-spot";

  @Override
  public String name() {
    return NAME;
  }

  /** A file is known by its keys; every size follows from the shapes of its tensors. */
  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    if (!checkpoint.has("backbone.brightness.weight")) {
      return new Recognition.Foreign();
    }
    Shape classifier =
        checkpoint
            .shape("head.cls_x.weight")
            .filter(shape -> shape.rank() == 2)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        "%s: expected a matrix head.cls_x.weight, found none; is the file complete?"
                            .formatted(checkpoint.source())));
    int bins = classifier.dim(0);
    int side = (int) Math.sqrt(classifier.dim(1));
    return new Recognition.Whole(
        new ModelSpec(
            NAME,
            Task.POSE_2D,
            InputSpec.rgb(side, side),
            new Codec.Simcc((double) bins / side, /* depth= */ 0, /* zRange= */ 0, /* rootZ= */ 0),
            List.of("bright_spot"),
            Map.of("keypoints", 1, "bins", bins)));
  }

  /** The names of the scopes make the names of the weights, as in the checkpoint. */
  @Override
  public Network build(ModelSpec spec) {
    int side = spec.input().width();
    NetworkBuilder builder = new NetworkBuilder(NAME);
    Value image = builder.input("image", 3, side, side);
    Scope backbone = builder.scope("backbone");
    Value brightness = backbone.conv("brightness", image, 1, 1, 1, 1);
    brightness = backbone.activation("relu", brightness, Function.RELU);
    Scope head = builder.scope("head");
    Value pixels = head.reshape("pixels", brightness, Shape.BATCH, 1, side * side);
    builder.output("simcc_x", head.linear("cls_x", pixels, spec.hyper("bins")));
    builder.output("simcc_y", head.linear("cls_y", pixels, spec.hyper("bins")));
    return builder.build();
  }
}
