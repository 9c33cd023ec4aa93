package io.github.rtmjava.architectures.rtmdet;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.ClassNames;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.nn.block.WeightShapes;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Derives an RTMDet's specification from a checkpoint. */
final class RtmDetRecogniser {
  /** From this width on, upstream's configurations predict logarithms of distances. */
  private static final int EXP_ON_REG_FROM = 192;

  private static final int COCO_CLASSES = 80;
  private static final float USUAL_THRESHOLD = 0.3f;
  private static final Pattern EXP_ON_REG = Pattern.compile("exp_on_reg\\W{1,4}(True|False)");
  private static final Parts PARTS =
      new Parts(RtmDet.NAME, List.of("backbone", "neck", "bbox_head"));

  private final Checkpoint checkpoint;
  private final WeightShapes shapes;

  RtmDetRecogniser(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.shapes = new WeightShapes(checkpoint, "an rtmdet network");
  }

  Recognition recognise() throws CheckpointException {
    Optional<Recognition> incomplete =
        PARTS.incomplete(
            checkpoint, CspNext.isIn(checkpoint), checkpoint.hasPrefix("bbox_head.rtm_cls."));
    return incomplete.isPresent() ? incomplete.get() : new Recognition.Whole(spec());
  }

  private ModelSpec spec() throws CheckpointException {
    CspNext backbone = CspNext.of(checkpoint);
    Shape cls = shapes.of("bbox_head.rtm_cls.0.weight", 4);
    int channels = cls.dim(1);
    int classes = cls.dim(0);
    Map<String, Integer> hyper = new TreeMap<>();
    backbone.putInto(hyper);
    hyper.put("neck_blocks", checkpoint.countBelow("neck.top_down_blocks.0.blocks."));
    hyper.put(
        "neck_out",
        shapes
            .of(
                backbone.separable()
                    ? "neck.out_convs.0.pointwise_conv.conv.weight"
                    : "neck.out_convs.0.conv.weight",
                4)
            .dim(0));
    hyper.put("classes", classes);
    hyper.put("head_channels", channels);
    hyper.put("stacked_convs", checkpoint.countBelow("bbox_head.cls_convs.0."));
    hyper.put("share_conv", sharesConvolutions() ? 1 : 0);
    hyper.put("exp_on_reg", expOnReg().orElse(channels >= EXP_ON_REG_FROM) ? 1 : 0);
    return new ModelSpec(
        RtmDet.NAME,
        Task.DETECTION,
        inputSize(backbone.separable()),
        codec(classes),
        ClassNames.of(checkpoint, classes),
        hyper);
  }

  /** Neither keys nor shapes tell; the configuration does where the file holds it. */
  private Optional<Boolean> expOnReg() {
    Optional<Boolean> plain =
        Stream.of("model_cfg", "config")
            .flatMap(
                key ->
                    Stream.concat(
                        checkpoint.meta().at(key, "bbox_head", "exp_on_reg").stream(),
                        checkpoint.meta().at(key, "exp_on_reg").stream()))
            .filter(Data.Bool.class::isInstance)
            .map(d -> ((Data.Bool) d).value())
            .findFirst();
    if (plain.isPresent()) {
      return plain;
    }
    return checkpoint
        .meta()
        .text("cfg")
        .map(EXP_ON_REG::matcher)
        .filter(Matcher::find)
        .map(m -> m.group(1).equals("True"));
  }

  private boolean sharesConvolutions() {
    return firstKernels(0).isPresent() && firstKernels(0).equals(firstKernels(1));
  }

  private Optional<ByteBuffer> firstKernels(int level) {
    return checkpoint
        .tensor("bbox_head.cls_convs.%s.0.conv.weight".formatted(level))
        .map(Tensor::bytes);
  }

  private InputSpec inputSize(boolean nano) {
    int official = nano ? 320 : 640;
    return checkpoint
        .meta()
        .numbers("config", "input_size_wh")
        .filter(wh -> wh.length == 2)
        .map(wh -> InputSpec.bgr((int) wh[0], (int) wh[1]))
        .orElse(InputSpec.bgr(official, official));
  }

  /** The thresholds of upstream's configurations: one for people and hands, one for COCO. */
  private Codec codec(int classes) {
    float recommended =
        checkpoint
            .meta()
            .number("recommended_score_threshold")
            .map(Double::floatValue)
            .orElse(USUAL_THRESHOLD);
    return classes == COCO_CLASSES
        ? new Codec.Boxes(0.001f, 30000, 0.65f, 300, recommended)
        : new Codec.Boxes(0.05f, 1000, 0.6f, 100, recommended);
  }
}
