package io.github.rtmjava.nn.block;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The CSPNeXt backbone, arch P5 (RTMDet, arXiv:2212.07784): a stem and four stages, each halving
 * height and width.
 *
 * @param stem channels of the first convolution
 * @param channels of the stem's result and of the four stages
 * @param blocks in each of the four stages
 * @param separable whether 3×3 convolutions after the stem are separable (the nano size)
 * @param attention whether there is channel attention
 */
public record CspNext(
    int stem, List<Integer> channels, List<Integer> blocks, boolean separable, boolean attention) {
  private static final int STAGES = 4;

  public CspNext {
    channels = List.copyOf(channels);
    blocks = List.copyOf(blocks);
    if (channels.size() != STAGES + 1 || blocks.size() != STAGES) {
      throw new IllegalArgumentException("expected a stem and four stages, found " + channels);
    }
  }

  /** Whether a checkpoint holds such a backbone below {@code backbone.}. */
  public static boolean isIn(Checkpoint checkpoint) {
    return checkpoint.hasPrefix("backbone.stem.0.")
        && checkpoint.hasPrefix("backbone.stage4.2.main_conv.");
  }

  /**
   * Reads the sizes from a checkpoint's shapes.
   *
   * @throws CheckpointException if the keys below {@code backbone.} are not those of a CSPNeXt P5
   */
  public static CspNext of(Checkpoint checkpoint) throws CheckpointException {
    WeightShapes shapes = new WeightShapes(checkpoint, "a CSPNeXt backbone");
    boolean separable = checkpoint.has("backbone.stage1.0.depthwise_conv.conv.weight");
    int stem = shapes.of("backbone.stem.0.conv.weight", 4).dim(0);
    List<Integer> channels = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    channels.add(shapes.of("backbone.stem.2.conv.weight", 4).dim(0));
    for (int i = 1; i <= STAGES; i++) {
      String stage = "backbone.stage" + i;
      channels.add(
          shapes
              .of(stage + (separable ? ".0.pointwise_conv.conv.weight" : ".0.conv.weight"), 4)
              .dim(0));
      blocks.add(checkpoint.countBelow("%s.%s.blocks.".formatted(stage, i == STAGES ? 2 : 1)));
    }
    return new CspNext(
        stem, channels, blocks, separable, checkpoint.hasPrefix("backbone.stage1.1.attention."));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  public static CspNext of(Map<String, Integer> hyper) {
    List<Integer> channels = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    channels.add(HyperParameters.get(hyper, "backbone_stem_out"));
    for (int i = 1; i <= STAGES; i++) {
      channels.add(HyperParameters.get(hyper, "backbone_stage" + i));
      blocks.add(HyperParameters.get(hyper, "backbone_stage" + i + "_blocks"));
    }
    return new CspNext(
        HyperParameters.get(hyper, "backbone_stem"),
        channels,
        blocks,
        HyperParameters.get(hyper, "depthwise") == 1,
        HyperParameters.get(hyper, "attention") == 1);
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  public void putInto(Map<String, Integer> hyper) {
    hyper.put("backbone_stem", stem);
    hyper.put("backbone_stem_out", channels.get(0));
    for (int i = 1; i <= STAGES; i++) {
      hyper.put("backbone_stage" + i, channels.get(i));
      hyper.put("backbone_stage" + i + "_blocks", blocks.get(i - 1));
    }
    hyper.put("depthwise", separable ? 1 : 0);
    hyper.put("attention", attention ? 1 : 0);
  }

  /**
   * Adds the backbone to a network.
   *
   * @return results of stages 2, 3 and 4: strides 8, 16 and 32
   */
  public List<Value> apply(Scope scope, Value image) {
    Value x = ConvNormAct.silu(stem, 3, 2).apply(scope.in("stem").in(0), image);
    x = ConvNormAct.silu(stem, 3, 1).apply(scope.in("stem").in(1), x);
    x = ConvNormAct.silu(channels.get(0), 3, 1).apply(scope.in("stem").in(2), x);
    List<Value> stages = new ArrayList<>();
    for (int i = 1; i <= STAGES; i++) {
      Scope stage = scope.in("stage" + i);
      boolean last = i == STAGES;
      int out = channels.get(i);
      x = SeparableConv.conv3(stage.in(0), x, out, 2, separable);
      if (last) {
        x = new SppBottleneck(out).apply(stage.in(1), x);
      }
      CspNextBlock block = new CspNextBlock(!last, separable);
      CspLayer layer = new CspLayer(out, blocks.get(i - 1), block, attention);
      x = layer.apply(stage.in(last ? 2 : 1), x);
      stages.add(x);
    }
    return stages.subList(1, STAGES);
  }
}
