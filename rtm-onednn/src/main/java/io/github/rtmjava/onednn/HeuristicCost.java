package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.winograd.Tile;

/**
 * The heuristic cost model: what a way costs by its shape alone, the same on every machine of a
 * kind, in multiplications of oneDNN's direct convolution. The constants are fitted to eight shapes
 * measured on one thread of a processor with AVX-512.
 */
final class HeuristicCost implements WaySelector.CostModel {
  /** A multiplication in Winograd's products: their matrices are smaller. */
  private static final double PER_PRODUCT = 1.16;

  /** A transformed element of the input or of the products, with its loads and stores. */
  private static final double PER_TRANSFORMED = 64;

  /** A transformed weight, which comes from far away. */
  private static final double PER_WEIGHT = 28;

  /** What a multiplication costs directly, in float32's. */
  private final double direct;

  /**
   * @param precision that oneDNN's convolutions compute in
   * @param gain of bfloat16 over float32
   */
  HeuristicCost(Precision precision, double gain) {
    direct = precision == Precision.BFLOAT16 ? 1 / gain : 1;
  }

  @Override
  public double of(Step step, Way way) {
    Kernel.Convolution conv = (Kernel.Convolution) step.kernel();
    double pairs = (double) conv.in() * conv.out();
    double pixels = step.output().pixels();
    double taps = (double) conv.kernel() * conv.kernel();
    Tile tile = OnednnBackend.tile(way);
    if (tile == null) {
      return direct * pixels * pairs * taps;
    }
    double tiles =
        Math.ceil(step.output().height() / (double) tile.outputs())
            * Math.ceil(step.output().width() / (double) tile.outputs());
    double products = tile.products();
    return tiles * products * (PER_PRODUCT * pairs + PER_TRANSFORMED * (conv.in() + conv.out()))
        + products * pairs * PER_WEIGHT;
  }
}
