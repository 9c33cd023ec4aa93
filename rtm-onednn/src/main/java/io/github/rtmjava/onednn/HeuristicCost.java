package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.compiler.tuning.CostModel;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.tensor.DType;

/**
 * The heuristic cost model: what a way costs by its shape alone, the same on every machine of a
 * kind, in multiplications of oneDNN's direct convolution. The constants are fitted to eight shapes
 * measured on one thread of a processor with AVX-512.
 */
final class HeuristicCost implements CostModel {
  /** A multiplication in Winograd's products: their matrices are smaller. */
  private static final double PER_PRODUCT = 1.16;

  /** A transformed element of the input or of the products, with its loads and stores. */
  private static final double PER_TRANSFORMED = 64;

  /** A transformed weight, which comes from far away. */
  private static final double PER_WEIGHT = 28;

  private final double gain;

  /**
   * @param gain of bfloat16 over float32, in what oneDNN computes
   */
  HeuristicCost(double gain) {
    this.gain = gain;
  }

  @Override
  public double of(Step step, Way way) {
    Kernel.Convolution conv = (Kernel.Convolution) step.kernel();
    double pairs = (double) conv.in() * conv.out();
    double pixels = step.output().pixels();
    double taps = (double) conv.kernel() * conv.kernel();
    double speed = way.computesIn() == DType.BFLOAT16 ? gain : 1;
    if (!(way instanceof WinogradWay winograd)) {
      return 1 / speed * pixels * pairs * taps;
    }
    Tile tile = winograd.tile();
    double tiles =
        Math.ceil(step.output().height() / (double) tile.outputs())
            * Math.ceil(step.output().width() / (double) tile.outputs());
    double products = tile.products();
    return tiles * products * (PER_PRODUCT * pairs + PER_TRANSFORMED * (conv.in() + conv.out()))
        + products * pairs * PER_WEIGHT;
  }
}
