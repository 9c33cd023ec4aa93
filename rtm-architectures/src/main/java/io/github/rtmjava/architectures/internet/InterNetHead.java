package io.github.rtmjava.architectures.internet;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/**
 * InterNet's heads (mmpose's {@code InternetHead}).
 *
 * @param volumes of each hand's keypoints, alike for both
 * @param rootDepth bins of the depth between the wrists
 * @param handType one value for the right hand and one for the left
 */
record InterNetHead(VolumeHead volumes, VectorHead rootDepth, VectorHead handType) {
  /** Names of the checkpoint's modules. */
  static final String RIGHT = "right_hand_head";

  static final String LEFT = "left_hand_head";
  private static final String ROOT = "root_head";
  private static final String TYPE = "hand_type_head";

  /** Reads the sizes from the shapes below a prefix. */
  static InterNetHead of(WeightShapes shapes, String prefix) throws CheckpointException {
    return new InterNetHead(
        VolumeHead.of(shapes, prefix + "." + RIGHT),
        VectorHead.of(shapes, prefix, ROOT),
        VectorHead.of(shapes, prefix, TYPE));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  static InterNetHead of(ModelSpec spec) {
    return new InterNetHead(
        VolumeHead.of(spec), VectorHead.of(spec, ROOT), VectorHead.of(spec, TYPE));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    volumes.putInto(hyper);
    rootDepth.putInto(hyper);
    handType.putInto(hyper);
  }

  /** Adds the heads and the network's outputs; {@code x} is the backbone's coarsest result. */
  void apply(NetworkBuilder builder, Scope scope, Value x) {
    builder.output("right_volumes", volumes.apply(scope.in(RIGHT), x));
    builder.output("left_volumes", volumes.apply(scope.in(LEFT), x));
    Value mean = scope.globalAvgPool("neck", x);
    Value features = scope.reshape("features", mean, Shape.BATCH, x.shape().dim(1));
    builder.output("root_depth", rootDepth.apply(scope, features));
    builder.output("hand_type", handType.apply(scope, features));
  }
}
