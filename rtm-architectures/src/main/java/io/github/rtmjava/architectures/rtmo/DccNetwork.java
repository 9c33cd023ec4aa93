package io.github.rtmjava.architectures.rtmo;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.GatedAttentionUnit;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.Map;

/**
 * The dynamic coordinate classifier (mmpose's {@code DCC}) up to its heatmaps: a pose's vector
 * becomes one vector per keypoint, attention among them, and each is compared with every bin.
 *
 * @param keypoints number K of keypoints
 * @param vector numbers that describe one pose
 * @param hidden features of a keypoint
 * @param expansion of the attention unit
 * @param features of its queries and keys
 * @param encoding features of a bin's position
 * @param binsX bins of the x axis
 * @param binsY bins of the y axis
 */
public record DccNetwork(
    int keypoints,
    int vector,
    int hidden,
    int expansion,
    int features,
    int encoding,
    int binsX,
    int binsY) {
  private static final double EPS = 1e-5;

  /** Reads the sizes from the shapes below {@code head.dcc.}. */
  static DccNetwork of(WeightShapes shapes) throws CheckpointException {
    Shape fc = shapes.of("head.dcc.x_fc.weight", 2);
    return new DccNetwork(
        shapes.of("head.dcc.pos_enc", 2).dim(0),
        shapes.of("head.dcc.pose_to_kpts.0.weight", 2).dim(1),
        fc.dim(0),
        shapes.of("head.dcc.gau.o.weight", 2).dim(1),
        shapes.of("head.dcc.gau.gamma", 2).dim(1),
        fc.dim(1),
        shapes.of("head.dcc.x_bins", 1).dim(0),
        shapes.of("head.dcc.y_bins", 1).dim(0));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  public static DccNetwork of(ModelSpec spec) {
    return new DccNetwork(
        spec.hyper("keypoints"),
        spec.hyper("pose_vector"),
        spec.hyper("dcc_hidden"),
        spec.hyper("gau_expansion"),
        spec.hyper("gau_features"),
        spec.hyper("bin_features"),
        spec.hyper("bins_x"),
        spec.hyper("bins_y"));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  void putInto(Map<String, Integer> hyper) {
    hyper.put("dcc_hidden", hidden);
    hyper.put("gau_expansion", expansion);
    hyper.put("gau_features", features);
    hyper.put("bin_features", encoding);
    hyper.put("bins_x", binsX);
    hyper.put("bins_y", binsY);
  }

  Network build() {
    NetworkBuilder builder = new NetworkBuilder(Rtmo.NAME + " " + Rtmo.DCC);
    Value pose = builder.input("pose", Shape.of(Shape.BATCH, vector));
    Value xEnc = builder.input("x_enc", Shape.of(Shape.BATCH, binsX, encoding));
    Value yEnc = builder.input("y_enc", Shape.of(Shape.BATCH, binsY, encoding));
    Scope scope = builder.scope("head.dcc");
    Scope toKeypoints = scope.in("pose_to_kpts");
    Value all = toKeypoints.linearWithBias("0", pose, Math.multiplyExact(keypoints, hidden));
    all = toKeypoints.norm("1", all, EPS);
    Value each = scope.reshape("keypoints", all, Shape.BATCH, keypoints, hidden);
    Value attended =
        new GatedAttentionUnit(expansion, features)
            .apply(scope.in("gau"), each, scope.weight("pos_enc", keypoints, features));
    Value xBins = scope.linearWithBias("x_fc", xEnc, hidden);
    Value yBins = scope.linearWithBias("y_fc", yEnc, hidden);
    builder.output("x_hms", scope.matMul("x_hms", attended, xBins, true));
    builder.output("y_hms", scope.matMul("y_hms", attended, yBins, true));
    return builder.build();
  }
}
