package io.github.rtmjava.pose3d;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Derives an RTMW3D's specification from a checkpoint: input size and split ratio included. */
final class Rtmw3dRecogniser {
  /** Half the metric depth of upstream's {@code SimCC3DLabel}, in metres. */
  private static final double Z_RANGE = 2.1744869;

  private static final int COARSE_STRIDE = 32;
  private static final List<String> PARTS = List.of("backbone", "neck", "head");

  private final Checkpoint checkpoint;

  Rtmw3dRecogniser(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  Recognition recognise() throws CheckpointException {
    boolean head = checkpoint.has("head.cls_z.weight") && checkpoint.hasPrefix("head.conv_dec.");
    boolean backbone = checkpoint.hasPrefix("backbone.stage4.2.main_conv.");
    if (!head
        && (!backbone || checkpoint.hasPrefix("head.") || checkpoint.hasPrefix("bbox_head."))) {
      return new Recognition.Foreign();
    }
    List<String> present = PARTS.stream().filter(p -> checkpoint.hasPrefix(p + ".")).toList();
    if (present.size() < PARTS.size()) {
      return new Recognition.Part(
          Rtmw3d.NAME, present, PARTS.stream().filter(p -> !present.contains(p)).toList());
    }
    return new Recognition.Whole(spec());
  }

  private ModelSpec spec() throws CheckpointException {
    CspNext backbone = CspNext.of(checkpoint);
    Shape finalLayer = shape("head.final_layer.conv.weight", 4);
    Shape coarse = shape("head.mlp.1.weight", 2);
    int binsX = shape("head.cls_x.weight", 2).dim(0);
    int binsY = shape("head.cls_y.weight", 2).dim(0);
    int binsZ = shape("head.cls_z.weight", 2).dim(0);
    Map<String, Integer> hyper = new TreeMap<>();
    backbone.putInto(hyper);
    hyper.put("neck_blocks", checkpoint.countBelow("neck.top_down_blocks.0.blocks."));
    hyper.put("keypoints", finalLayer.dim(0));
    hyper.put("final_kernel", finalLayer.dim(3));
    hyper.put("decoder_kernel", shape("head.conv_dec.conv.weight", 4).dim(3));
    hyper.put("coarse_features", coarse.dim(0));
    hyper.put("fine_features", shape("head.mlp2.1.weight", 2).dim(0));
    hyper.put("gau_expansion", shape("head.gau.o.weight", 2).dim(1));
    hyper.put("gau_features", shape("head.gau.gamma", 2).dim(1));
    hyper.put("bins_x", binsX);
    hyper.put("bins_y", binsY);
    hyper.put("bins_z", binsZ);

    int width = COARSE_STRIDE * mapWidth(coarse.dim(1), binsX, binsY);
    int height = COARSE_STRIDE * coarse.dim(1) / (width / COARSE_STRIDE);
    double split = (double) binsX / width;
    return new ModelSpec(
        Rtmw3d.NAME,
        Task.POSE_3D,
        InputSpec.rgb(width, height),
        new Codec.Simcc(
            split,
            (int) Math.round(binsZ / split),
            checkpoint.meta().number("codec", "z_range").orElse(Z_RANGE),
            Camera.NOMINAL_ROOT_DEPTH),
        List.of(dataset(finalLayer.dim(0))),
        hyper);
  }

  /**
   * Width of the coarse feature map: width times height is known, and so is their ratio, since both
   * axes have the same number of bins per pixel.
   */
  private int mapWidth(int area, int binsX, int binsY) throws CheckpointException {
    for (int width = 1; width <= area; width++) {
      if (area % width == 0 && (long) width * binsY == (long) (area / width) * binsX) {
        return width;
      }
    }
    throw new CheckpointException(
        "%s: no input size has a feature map of %d cells with %d bins in x and %d in y"
            .formatted(checkpoint.source(), area, binsX, binsY));
  }

  private static String dataset(int keypoints) {
    return keypoints == 133 ? "coco_wholebody" : "keypoints_" + keypoints;
  }

  private Shape shape(String key, int rank) throws CheckpointException {
    Shape shape =
        checkpoint
            .shape(key)
            .orElseThrow(
                () ->
                    new CheckpointException(
                        "%s: expected an RTMW3D with %s; it is missing"
                            .formatted(checkpoint.source(), key)));
    if (shape.rank() != rank) {
      throw new CheckpointException(
          "%s: expected %d dimensions in %s, found %s"
              .formatted(checkpoint.source(), rank, key, shape));
    }
    return shape;
  }
}
