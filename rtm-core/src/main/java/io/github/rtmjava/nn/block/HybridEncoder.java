package io.github.rtmjava.nn.block;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * RT-DETR's neck (arXiv:2304.08069; mmpose's {@code HybridEncoder} with a {@code ChannelMapper}):
 * attention among the cells of the coarsest level, then features go down from coarse to fine and up
 * again.
 *
 * @param hidden channels of every level within
 * @param heads of the attention
 * @param feedForward features between the linear layers after the attention
 * @param layers number of attention layers
 * @param rep channels within the CSP layers
 * @param blocks in each CSP layer
 * @param out channels of every level that comes out
 * @param levels that come out, the coarsest ones
 */
public record HybridEncoder(
    int hidden, int heads, int feedForward, int layers, int rep, int blocks, int out, int levels) {
  private static final double TEMPERATURE = 10_000;

  /** Every official model has as many; no tensor's shape tells. */
  private static final int HEADS = 8;

  /**
   * Reads the sizes from a checkpoint's shapes.
   *
   * @throws CheckpointException if the keys below {@code neck.} are not those of such a neck
   */
  public static HybridEncoder of(Checkpoint checkpoint) throws CheckpointException {
    WeightShapes shapes = new WeightShapes(checkpoint, "a HybridEncoder neck");
    return new HybridEncoder(
        shapes.of("neck.input_proj.0.conv.weight", 4).dim(0),
        HEADS,
        shapes.of("neck.encoder.0.layers.0.ffn.layers.0.0.weight", 2).dim(0),
        checkpoint.countBelow("neck.encoder.0.layers."),
        shapes.of("neck.fpn_blocks.0.conv1.conv.weight", 4).dim(0),
        checkpoint.countBelow("neck.fpn_blocks.0.bottlenecks."),
        shapes.of("neck.projector.convs.0.conv.weight", 4).dim(0),
        checkpoint.countBelow("neck.projector.convs."));
  }

  /** Reads the sizes from hyper-parameters as {@link #putInto} wrote them. */
  public static HybridEncoder of(Map<String, Integer> hyper) {
    return new HybridEncoder(
        HyperParameters.get(hyper, "neck_hidden"),
        HyperParameters.get(hyper, "neck_heads"),
        HyperParameters.get(hyper, "neck_feed_forward"),
        HyperParameters.get(hyper, "neck_layers"),
        HyperParameters.get(hyper, "neck_rep"),
        HyperParameters.get(hyper, "neck_blocks"),
        HyperParameters.get(hyper, "neck_out"),
        HyperParameters.get(hyper, "neck_levels"));
  }

  /** Adds the sizes to a specification's hyper-parameters. */
  public void putInto(Map<String, Integer> hyper) {
    hyper.put("neck_hidden", hidden);
    hyper.put("neck_heads", heads);
    hyper.put("neck_feed_forward", feedForward);
    hyper.put("neck_layers", layers);
    hyper.put("neck_rep", rep);
    hyper.put("neck_blocks", blocks);
    hyper.put("neck_out", out);
    hyper.put("neck_levels", levels);
  }

  /**
   * Adds the neck to a network.
   *
   * @param features from fine to coarse, each half as high and wide as the one before
   * @return the coarsest {@code levels}, in that order
   */
  public List<Value> apply(Scope scope, List<Value> features) {
    int last = features.size() - 1;
    if (levels < 1 || levels > features.size()) {
      throw new IllegalArgumentException(
          "expected a neck of 1 to %s levels, found %s".formatted(features.size(), levels));
    }
    List<Value> down = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      ConvNormAct projection = new ConvNormAct(hidden, 1, 1, 1, null);
      down.add(projection.apply(scope.in("input_proj").in(i), features.get(i)));
    }
    down.set(last, encoded(scope.in("encoder").in(0), down.get(last)));
    CspRepLayer layer = new CspRepLayer(hidden, rep, blocks);
    for (int i = last; i > 0; i--) {
      int step = last - i;
      Value coarse =
          ConvNormAct.silu(hidden, 1, 1).apply(scope.in("lateral_convs").in(step), down.get(i));
      down.set(i, coarse);
      Value up = scope.upsample("upsample." + step, coarse, 2);
      Value joined = scope.concat("top_down_joined." + step, 1, up, down.get(i - 1));
      down.set(i - 1, layer.apply(scope.in("fpn_blocks").in(step), joined));
    }
    List<Value> up = new ArrayList<>();
    up.add(down.get(0));
    for (int i = 0; i < last; i++) {
      Value halved =
          ConvNormAct.silu(hidden, 3, 2).apply(scope.in("downsample_convs").in(i), up.get(i));
      Value joined = scope.concat("bottom_up_joined." + i, 1, halved, down.get(i + 1));
      up.add(layer.apply(scope.in("pan_blocks").in(i), joined));
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      results.add(
          new ConvNormAct(out, 1, 1, 1, null)
              .apply(scope.in("projector.convs").in(i), up.get(features.size() - levels + i)));
    }
    return results;
  }

  /** Attention among the cells of a map. */
  private Value encoded(Scope scope, Value map) {
    int rows = map.shape().dim(2);
    int columns = map.shape().dim(3);
    Value positions =
        scope.constant(
            "positions",
            Shape.of(rows * columns, hidden),
            new SineEncoding(hidden / 2, TEMPERATURE).ofMap(rows, columns));
    Value cells = scope.reshape("flatten", map, Shape.BATCH, hidden, rows * columns);
    cells = scope.transpose("cells", cells);
    for (int i = 0; i < layers; i++) {
      cells =
          new TransformerLayer(heads, feedForward)
              .apply(scope.in("layers").in(i), cells, positions);
    }
    cells = scope.transpose("channels", cells);
    return scope.reshape("map", cells, Shape.BATCH, hidden, rows, columns);
  }
}
