package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/**
 * RTMPose's head (mmpose's {@code RTMCCHead}): one map per keypoint from the coarsest level.
 *
 * @param keypoints number K of keypoints
 * @param finalKernel kernel of the convolution that makes the maps
 * @param features per keypoint
 * @param classifiers what follows
 */
record RtmccHead(int keypoints, int finalKernel, int features, SimccClassifiers classifiers) {

  /** Reads the sizes from the shapes below {@code head.}. */
  static RtmccHead of(WeightShapes shapes) throws CheckpointException {
    Shape finalLayer = shapes.of("head.final_layer.weight", 4);
    return new RtmccHead(
        finalLayer.dim(0),
        finalLayer.dim(3),
        shapes.of("head.mlp.1.weight", 2).dim(0),
        SimccClassifiers.of(shapes));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  static RtmccHead of(ModelSpec spec) {
    return new RtmccHead(
        spec.hyper("keypoints"),
        spec.hyper("final_kernel"),
        spec.hyper("features"),
        SimccClassifiers.of(spec));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put("keypoints", keypoints);
    hyper.put("final_kernel", finalKernel);
    hyper.put("features", features);
    classifiers.putInto(hyper);
  }

  /** Adds the head; {@code coarse} has stride 32. */
  void apply(NetworkBuilder builder, Scope scope, Value coarse) {
    Value maps = scope.conv("final_layer", coarse, keypoints, finalKernel, 1, 1, true);
    classifiers.apply(builder, scope, SimccClassifiers.vectors(scope.in("mlp"), maps, features));
  }
}
