package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.GatedAttentionUnit;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/**
 * What the SimCC heads of RTMPose, RTMW and RTMW3D have in common (arXiv:2303.07399): one map per
 * keypoint becomes a feature vector; attention among the keypoints; one linear classifier over
 * sub-pixel bins per axis.
 *
 * @param expansion of the attention unit
 * @param features of its queries and keys
 * @param binsX classes of the x axis
 * @param binsY classes of the y axis
 * @param binsZ classes of the z axis; 0 for two dimensions
 */
record SimccClassifiers(int expansion, int features, int binsX, int binsY, int binsZ) {
  private static final double SCALE_NORM_EPS = 1e-5;

  /** Reads the sizes from the shapes below {@code head.}. */
  static SimccClassifiers of(WeightShapes shapes) throws CheckpointException {
    return new SimccClassifiers(
        shapes.of("head.gau.o.weight", 2).dim(1),
        shapes.of("head.gau.gamma", 2).dim(1),
        shapes.of("head.cls_x.weight", 2).dim(0),
        shapes.of("head.cls_y.weight", 2).dim(0),
        shapes.checkpoint().has("head.cls_z.weight")
            ? shapes.of("head.cls_z.weight", 2).dim(0)
            : 0);
  }

  /**
   * Reads the sizes from hyper-parameters as {@link #putInto} wrote them; there is a z axis where
   * the codec reads one.
   */
  static SimccClassifiers of(ModelSpec spec) {
    boolean deep = spec.codec() instanceof Codec.Simcc codec && codec.depth() > 0;
    return new SimccClassifiers(
        spec.hyper("gau_expansion"),
        spec.hyper("gau_features"),
        spec.hyper("bins_x"),
        spec.hyper("bins_y"),
        deep ? spec.hyper("bins_z") : 0);
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put("gau_expansion", expansion);
    hyper.put("gau_features", features);
    hyper.put("bins_x", binsX);
    hyper.put("bins_y", binsY);
    if (binsZ > 0) {
      hyper.put("bins_z", binsZ);
    }
  }

  /** Bins per pixel of an input of that size. */
  double splitRatio(InputSpec input) {
    return (double) binsX / input.width();
  }

  /** One vector of {@code features} per map: [N, K, H, W] to [N, K, features]. */
  static Value vectors(Scope scope, Value maps, int features) {
    Shape shape = maps.shape();
    Value flat =
        scope.reshape("flatten", maps, Shape.BATCH, shape.dim(1), shape.dim(2) * shape.dim(3));
    return scope.linear("1", scope.scaleNorm("0", flat, SCALE_NORM_EPS), features);
  }

  /** Adds attention, classifiers and the network's outputs; {@code vectors} is [N, K, hidden]. */
  void apply(NetworkBuilder builder, Scope scope, Value vectors) {
    Value attended = new GatedAttentionUnit(expansion, features).apply(scope.in("gau"), vectors);
    builder.output("simcc_x", scope.linear("cls_x", attended, binsX));
    builder.output("simcc_y", scope.linear("cls_y", attended, binsY));
    if (binsZ > 0) {
      builder.output("simcc_z", scope.linear("cls_z", attended, binsZ));
    }
  }
}
