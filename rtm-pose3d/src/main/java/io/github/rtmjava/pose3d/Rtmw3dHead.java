package io.github.rtmjava.pose3d;

import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.ConvNormAct;
import io.github.rtmjava.nn.block.GatedAttentionUnit;
import io.github.rtmjava.tensor.Shape;

/**
 * RTMW3D's head (upstream's {@code RTMW3DHead}): one map per keypoint from the coarse level and one
 * from the fine level with the enlarged coarse one, each turned into a feature vector; attention
 * among keypoints; one linear classifier per axis.
 *
 * @param keypoints number K of keypoints
 * @param finalKernel kernel of the convolutions that make the maps
 * @param decoderKernel kernel of the convolution after the enlargement
 * @param coarseFeatures features per keypoint from the coarse level
 * @param fineFeatures features per keypoint from the fine level
 * @param gauExpansion expansion of the attention unit
 * @param gauFeatures features of its queries and keys
 * @param binsX classes of the x axis
 * @param binsY classes of the y axis
 * @param binsZ classes of the z axis
 */
record Rtmw3dHead(
    int keypoints,
    int finalKernel,
    int decoderKernel,
    int coarseFeatures,
    int fineFeatures,
    int gauExpansion,
    int gauFeatures,
    int binsX,
    int binsY,
    int binsZ) {
  private static final double SCALE_NORM_EPS = 1e-5;

  /** Adds the head; {@code fine} has stride 16, {@code coarse} stride 32. */
  void apply(NetworkBuilder builder, Scope scope, Value fine, Value coarse) {
    ConvNormAct maps = new ConvNormAct(keypoints, finalKernel, 1, 1, Function.RELU);
    Value coarseMaps = maps.apply(scope.in("final_layer"), coarse);
    Value enlarged = scope.pixelShuffle("ps", coarse, 2);
    enlarged =
        new ConvNormAct(enlarged.shape().dim(1), decoderKernel, 1, 1, Function.RELU)
            .apply(scope.in("conv_dec"), enlarged);
    Value fineMaps =
        maps.apply(scope.in("final_layer2"), scope.concat("joined", 1, enlarged, fine));

    Value features =
        scope.concat(
            "features",
            2,
            mlp(scope.in("mlp"), coarseMaps, coarseFeatures),
            mlp(scope.in("mlp2"), fineMaps, fineFeatures));
    features = new GatedAttentionUnit(gauExpansion, gauFeatures).apply(scope.in("gau"), features);
    builder.output("simcc_x", scope.linear("cls_x", features, binsX));
    builder.output("simcc_y", scope.linear("cls_y", features, binsY));
    builder.output("simcc_z", scope.linear("cls_z", features, binsZ));
  }

  private static Value mlp(Scope scope, Value maps, int features) {
    Shape shape = maps.shape();
    Value flat =
        scope.reshape("flatten", maps, Shape.BATCH, shape.dim(1), shape.dim(2) * shape.dim(3));
    return scope.linear("1", scope.scaleNorm("0", flat, SCALE_NORM_EPS), features);
  }
}
