package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.winograd.Tile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which we do steps. oneDNN's products of matrices and reorders take any pitch, and so
 * do our own loops; its convolutions and poolings fall back to a reference implementation unless
 * maps are dense.
 */
final class OnednnBackend implements Backend {
  /** A product of matrices by oneDNN. */
  static final Way PRODUCT = new Way("product", true, true, true);

  /** oneDNN's convolution. */
  static final Way DIRECT = new Way("direct", false, false, true);

  /** Winograd's minimal filtering, by the size of tiles. */
  private static final Map<Tile, Way> WINOGRAD = new EnumMap<>(Tile.class);

  static {
    for (Tile tile : Tile.values()) {
      String name = "winograd-%sx%s-of-%s".formatted(tile.outputs(), tile.outputs(), tile.taps());
      WINOGRAD.put(tile, new Way(name, true, true, true));
    }
  }

  private static final Way DENSE = new Way("primitive", false, false, false);
  private static final Way ANYWHERE = new Way("move", true, true, false);

  /** Below this number of channels, copies between native memory and arrays eat the gain. */
  private static final int FEWEST_CHANNELS = 16;

  private static final int MANY_TILES = 48;

  /**
   * System property: {@code false} keeps to oneDNN's convolutions, which need no warming up. For
   * processes that run a few images and end.
   */
  static final String WINOGRAD_PROPERTY = "rtm.onednn.winograd";

  private final boolean loops = Boolean.parseBoolean(System.getProperty(WINOGRAD_PROPERTY, "true"));

  private final Precision precision;

  OnednnBackend(Precision precision) {
    this.precision = precision;
  }

  @Override
  public List<Way> ways(Step step) {
    Kernel kernel = step.kernel();
    if (kernel instanceof Kernel.Convolution conv) {
      if (conv.pointwise()) {
        return List.of(PRODUCT);
      }
      List<Way> ways = new ArrayList<>(List.of(DIRECT));
      if (loops && winograd(step, conv) && (precision == Precision.FLOAT32 || !step.addsInput())) {
        WINOGRAD.forEach(
            (tile, way) -> {
              if (tile.taps() == conv.kernel() && (tile != Tile.M2 || isSmall(step))) {
                ways.add(way);
              }
            });
      }
      return ways;
    }
    boolean dense =
        kernel instanceof Kernel.MaxPool
            || kernel instanceof Kernel.Mean
            || kernel instanceof Kernel.Elementwise
            || kernel instanceof Kernel.TransposedConvolution
            || kernel instanceof Kernel.Softmax
            || kernel instanceof Kernel.Reshape
            || scalesChannels(step);
    return List.of(dense ? DENSE : ANYWHERE);
  }

  /**
   * Whether tiles of 2×2 may be faster than those of 4×4, which do less and have larger weights:
   * where those are not many.
   */
  private static boolean isSmall(Step step) {
    int outputs = Tile.M4.outputs();
    int tiles =
        (step.output().height() + outputs - 1)
            / outputs
            * ((step.output().width() + outputs - 1) / outputs);
    return tiles < MANY_TILES;
  }

  /** The tiles of a Winograd way; null for others. */
  static @Nullable Tile tile(Way way) {
    for (Map.Entry<Tile, Way> entry : WINOGRAD.entrySet()) {
      if (entry.getValue().equals(way)) {
        return entry.getKey();
      }
    }
    return null;
  }

  private static boolean winograd(Step step, Kernel.Convolution conv) {
    return conv.stride() == 1
        && conv.padding() == conv.kernel() / 2
        && conv.groups() == 1
        && conv.bias() != null
        && Math.min(conv.in(), conv.out()) >= FEWEST_CHANNELS
        && List.of(List.of(), List.of(SILU), List.of(RELU), List.of(SILU, SUM), List.of(RELU, SUM))
            .contains(step.post());
  }

  private static final PostOp SILU = new PostOp.Apply(Function.SILU);
  private static final PostOp RELU = new PostOp.Apply(Function.RELU);
  private static final PostOp SUM = new PostOp.AddInput();

  /** Whether the step multiplies every pixel of a map with the same factors. */
  static boolean scalesChannels(Step step) {
    return step.kernel() instanceof Kernel.Combine combine
        && combine.arithmetic() == Kernel.Arithmetic.MULTIPLY
        && step.inputs().get(1).pixels() == 1
        && step.inputs().get(0).pixels() > 1;
  }
}
