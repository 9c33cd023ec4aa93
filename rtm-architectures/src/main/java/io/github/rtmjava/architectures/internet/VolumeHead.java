package io.github.rtmjava.architectures.internet;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.WeightShapes;
import java.util.Map;

/**
 * Volumes of one hand's keypoints (mmpose's {@code Heatmap3DHead}): transposed convolutions that
 * double height and width each, and one map per keypoint and depth bin.
 *
 * @param enlargements number of transposed convolutions
 * @param channels of their results
 * @param maps keypoints times depth bins
 */
record VolumeHead(int enlargements, int channels, int maps) {
  /** Convolution, norm and activation stand in one list. */
  private static final int MODULES = 3;

  private static final int KERNEL = 4;
  private static final double EPS = 1e-5;

  /** Reads the sizes from the shapes below a prefix. */
  static VolumeHead of(WeightShapes shapes, String prefix) throws CheckpointException {
    String list = prefix + ".deconv_layers.";
    return new VolumeHead(
        (shapes.checkpoint().countBelow(list) + MODULES - 1) / MODULES,
        shapes.of(list + "0.weight", 4).dim(1),
        shapes.of(prefix + ".final_layer.weight", 4).dim(0));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  static VolumeHead of(ModelSpec spec) {
    return new VolumeHead(
        spec.hyper("enlargements"), spec.hyper("enlarged_channels"), spec.hyper("maps"));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put("enlargements", enlargements);
    hyper.put("enlarged_channels", channels);
    hyper.put("maps", maps);
  }

  /** Adds the head; the result is [N, maps, H, W]. */
  Value apply(Scope scope, Value x) {
    Scope list = scope.in("deconv_layers");
    Value y = x;
    for (int i = 0; i < enlargements; i++) {
      int at = MODULES * i;
      y = list.convTranspose(Integer.toString(at), y, channels, KERNEL, 2, 1);
      y = list.norm(Integer.toString(at + 1), y, EPS);
      y = list.activation(Integer.toString(at + 2), y, Function.RELU);
    }
    return scope.convWithBias("final_layer", y, maps);
  }
}
