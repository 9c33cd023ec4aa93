package io.github.rtmjava.nn.block;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ResNet backbone of bottlenecks (arXiv:1512.03385; mmpose's {@code ResNet}, style pytorch):
 * 50, 101 or 152 layers deep, as the numbers of blocks say.
 *
 * @param stem channels of the first convolution
 * @param widths channels inside the bottlenecks of the four stages; each stage's result has {@value
 *     Bottleneck#EXPANSION} times as many
 * @param blocks in each of the four stages
 */
public record ResNet(int stem, List<Integer> widths, List<Integer> blocks) {
  private static final int STAGES = 4;

  public ResNet {
    widths = List.copyOf(widths);
    blocks = List.copyOf(blocks);
    if (widths.size() != STAGES || blocks.size() != STAGES) {
      throw new IllegalArgumentException("expected four stages, found " + widths);
    }
  }

  /** Whether a checkpoint holds such a backbone below {@code backbone.}. */
  public static boolean isIn(Checkpoint checkpoint) {
    return checkpoint.has("backbone.conv1.weight")
        && checkpoint.has("backbone.layer4.0.conv3.weight");
  }

  /**
   * Reads the sizes from a checkpoint's shapes.
   *
   * @throws CheckpointException if the keys below {@code backbone.} are not those of a ResNet
   */
  public static ResNet of(Checkpoint checkpoint) throws CheckpointException {
    WeightShapes shapes = new WeightShapes(checkpoint, "a ResNet backbone");
    List<Integer> widths = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    for (int i = 1; i <= STAGES; i++) {
      String stage = "backbone.layer" + i;
      widths.add(shapes.of(stage + ".0.conv1.weight", 4).dim(0));
      blocks.add(checkpoint.countBelow(stage + "."));
    }
    return new ResNet(shapes.of("backbone.conv1.weight", 4).dim(0), widths, blocks);
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  public static ResNet of(Map<String, Integer> hyper) {
    List<Integer> widths = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    for (int i = 1; i <= STAGES; i++) {
      widths.add(get(hyper, "backbone_stage" + i));
      blocks.add(get(hyper, "backbone_stage" + i + "_blocks"));
    }
    return new ResNet(get(hyper, "backbone_stem"), widths, blocks);
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  public void putInto(Map<String, Integer> hyper) {
    hyper.put("backbone_stem", stem);
    for (int i = 1; i <= STAGES; i++) {
      hyper.put("backbone_stage" + i, widths.get(i - 1));
      hyper.put("backbone_stage" + i + "_blocks", blocks.get(i - 1));
    }
  }

  /**
   * Adds the backbone to a network.
   *
   * @return results of the four stages: strides 4, 8, 16 and 32
   */
  public List<Value> apply(Scope scope, Value image) {
    Value x = scope.conv("conv1", image, stem, 7, 2, 1);
    x = scope.activation("relu", scope.norm("bn1", x, ConvNormAct.EPS), Function.RELU);
    x = scope.maxPool("maxpool", x, 3, 2);
    List<Value> stages = new ArrayList<>();
    for (int i = 1; i <= STAGES; i++) {
      Scope stage = scope.in("layer" + i);
      for (int block = 0; block < blocks.get(i - 1); block++) {
        int stride = i > 1 && block == 0 ? 2 : 1;
        x = new Bottleneck(widths.get(i - 1), stride).apply(stage.in(block), x);
      }
      stages.add(x);
    }
    return stages;
  }

  private static int get(Map<String, Integer> hyper, String name) {
    Integer value = hyper.get(name);
    if (value == null) {
      throw new IllegalArgumentException("expected the hyper-parameter '" + name + "'");
    }
    return value;
  }
}
