package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.ConvNormAct;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/**
 * The head of RTMW and RTMW3D (upstream's {@code RTMWHead} and {@code RTMW3DHead}): one map per
 * keypoint from the coarse level and one from the fine level with the enlarged coarse one, each
 * turned into a feature vector.
 *
 * @param keypoints number K of keypoints
 * @param finalKernel kernel of the convolutions that make the maps
 * @param decoderKernel kernel of the convolution after the enlargement
 * @param coarseFeatures features per keypoint from the coarse level
 * @param fineFeatures features per keypoint from the fine level
 * @param classifiers what follows
 */
record RtmwHead(
    int keypoints,
    int finalKernel,
    int decoderKernel,
    int coarseFeatures,
    int fineFeatures,
    SimccClassifiers classifiers) {

  /** Reads the sizes from the shapes below {@code head.}. */
  static RtmwHead of(WeightShapes shapes) throws CheckpointException {
    Shape finalLayer = shapes.of("head.final_layer.conv.weight", 4);
    return new RtmwHead(
        finalLayer.dim(0),
        finalLayer.dim(3),
        shapes.of("head.conv_dec.conv.weight", 4).dim(3),
        shapes.of("head.mlp.1.weight", 2).dim(0),
        shapes.of("head.mlp2.1.weight", 2).dim(0),
        SimccClassifiers.of(shapes));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  static RtmwHead of(ModelSpec spec) {
    return new RtmwHead(
        spec.hyper("keypoints"),
        spec.hyper("final_kernel"),
        spec.hyper("decoder_kernel"),
        spec.hyper("coarse_features"),
        spec.hyper("fine_features"),
        SimccClassifiers.of(spec));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put("keypoints", keypoints);
    hyper.put("final_kernel", finalKernel);
    hyper.put("decoder_kernel", decoderKernel);
    hyper.put("coarse_features", coarseFeatures);
    hyper.put("fine_features", fineFeatures);
    classifiers.putInto(hyper);
  }

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
    Value vectors =
        scope.concat(
            "features",
            2,
            SimccClassifiers.vectors(scope.in("mlp"), coarseMaps, coarseFeatures),
            SimccClassifiers.vectors(scope.in("mlp2"), fineMaps, fineFeatures));
    classifiers.apply(builder, scope, vectors);
  }
}
