package io.github.rtmjava.architectures.yolox;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.ClassNames;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspDarknet;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Derives a YOLOX's specification from a checkpoint. */
final class YoloxRecogniser {
  /** The thresholds of upstream's configurations, and what mmpose takes of their boxes. */
  private static final Codec CODEC = new Codec.CentreBoxes(0.01f, 0.65f, 0.3f);

  /** The widest stem of the sizes with an input of 416 and not of 640 pixels: nano and tiny. */
  private static final int TINY_STEM = 24;

  private static final Parts PARTS =
      new Parts(Yolox.NAME, List.of("backbone", "neck", "bbox_head"));

  private final Checkpoint checkpoint;
  private final WeightShapes shapes;

  YoloxRecogniser(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.shapes = new WeightShapes(checkpoint, "a yolox network");
  }

  Recognition recognise() throws CheckpointException {
    Optional<Recognition> incomplete =
        PARTS.incomplete(
            checkpoint,
            CspDarknet.isIn(checkpoint),
            checkpoint.hasPrefix("bbox_head.multi_level_conv_obj."));
    return incomplete.isPresent() ? incomplete.get() : new Recognition.Whole(spec());
  }

  private ModelSpec spec() throws CheckpointException {
    CspDarknet backbone = CspDarknet.of(checkpoint);
    // All of Human-Art's files have COCO's 80 classes, of which only people were trained.
    Shape cls = shapes.of("bbox_head.multi_level_conv_cls.0.weight", 4);
    int classes = cls.dim(0);
    Map<String, Integer> hyper = new TreeMap<>();
    backbone.putInto(hyper);
    hyper.put("neck_blocks", checkpoint.countBelow("neck.top_down_blocks.0.blocks."));
    hyper.put("neck_out", shapes.of("neck.out_convs.0.conv.weight", 4).dim(0));
    hyper.put("classes", classes);
    hyper.put("head_channels", cls.dim(1));
    hyper.put("stacked_convs", checkpoint.countBelow("bbox_head.multi_level_cls_convs.0."));
    int size = backbone.channels().get(0) <= TINY_STEM ? 416 : 640;
    return new ModelSpec(
        Yolox.NAME,
        Task.DETECTION,
        InputSpec.plainBgr(size, size),
        CODEC,
        ClassNames.of(checkpoint, classes),
        hyper);
  }
}
