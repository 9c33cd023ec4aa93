package io.github.rtmjava.nn.block;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The CSPDarknet backbone, arch P5 (YOLOX, arXiv:2107.08430; mmpose's {@code CSPDarknet}): a stem
 * on 2×2 phases and four stages, each halving height and width.
 *
 * @param channels of the stem and of the four stages
 * @param blocks in each of the four stages
 * @param separable whether the stages' 3×3 convolutions are separable
 */
public record CspDarknet(List<Integer> channels, List<Integer> blocks, boolean separable) {
  private static final int STAGES = 4;
  private static final double EPS = 1e-3;
  private static final String SEPARABLE = "backbone_depthwise";

  public CspDarknet {
    channels = List.copyOf(channels);
    blocks = List.copyOf(blocks);
    if (channels.size() != STAGES + 1 || blocks.size() != STAGES) {
      throw new IllegalArgumentException("expected a stem and four stages, found " + channels);
    }
  }

  /** Whether a checkpoint holds such a backbone below {@code backbone.}. */
  public static boolean isIn(Checkpoint checkpoint) {
    return checkpoint.hasPrefix("backbone.stem.conv.")
        && checkpoint.hasPrefix("backbone.stage4.2.main_conv.");
  }

  /**
   * Reads the sizes from a checkpoint's shapes.
   *
   * @throws CheckpointException if the keys below {@code backbone.} are not those of a CSPDarknet
   *     P5
   */
  public static CspDarknet of(Checkpoint checkpoint) throws CheckpointException {
    WeightShapes shapes = new WeightShapes(checkpoint, "a CSPDarknet backbone");
    List<Integer> channels = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    boolean separable = checkpoint.hasPrefix("backbone.stage1.0.pointwise_conv.");
    String halving = separable ? "%s.0.pointwise_conv.conv.weight" : "%s.0.conv.weight";
    channels.add(shapes.of("backbone.stem.conv.conv.weight", 4).dim(0));
    for (int i = 1; i <= STAGES; i++) {
      String stage = "backbone.stage" + i;
      channels.add(shapes.of(halving.formatted(stage), 4).dim(0));
      blocks.add(checkpoint.countBelow("%s.%s.blocks.".formatted(stage, i == STAGES ? 2 : 1)));
    }
    return new CspDarknet(channels, blocks, separable);
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  public static CspDarknet of(Map<String, Integer> hyper) {
    List<Integer> channels = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    channels.add(HyperParameters.get(hyper, "backbone_stem"));
    for (int i = 1; i <= STAGES; i++) {
      channels.add(HyperParameters.get(hyper, "backbone_stage" + i));
      blocks.add(HyperParameters.get(hyper, "backbone_stage" + i + "_blocks"));
    }
    return new CspDarknet(channels, blocks, hyper.getOrDefault(SEPARABLE, 0) == 1);
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  public void putInto(Map<String, Integer> hyper) {
    hyper.put("backbone_stem", channels.get(0));
    if (separable) {
      hyper.put(SEPARABLE, 1);
    }
    for (int i = 1; i <= STAGES; i++) {
      hyper.put("backbone_stage" + i, channels.get(i));
      hyper.put("backbone_stage" + i + "_blocks", blocks.get(i - 1));
    }
  }

  /**
   * Adds the backbone to a network.
   *
   * @return results of stages 2, 3 and 4: strides 8, 16 and 32
   */
  public List<Value> apply(Scope scope, Value image) {
    Value x = scope.focus("stem.focus", image);
    x = ConvNormAct.silu(channels.get(0), 3, 1).withEps(EPS).apply(scope.in("stem.conv"), x);
    List<Value> stages = new ArrayList<>();
    for (int i = 1; i <= STAGES; i++) {
      Scope stage = scope.in("stage" + i);
      boolean last = i == STAGES;
      int out = channels.get(i);
      x = SeparableConv.conv3(stage.in(0), x, out, 2, separable, EPS);
      if (last) {
        x = new SppBottleneck(out, EPS).apply(stage.in(1), x);
      }
      DarknetBottleneck block = new DarknetBottleneck(!last, separable, EPS);
      CspLayer layer = new CspLayer(out, blocks.get(i - 1), block, false, EPS);
      x = layer.apply(stage.in(last ? 2 : 1), x);
      stages.add(x);
    }
    return stages.subList(1, STAGES);
  }
}
