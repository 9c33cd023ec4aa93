package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.onednn.winograd.Tile;

/**
 * What a way costs by its shape alone, the same on every machine: multiplications, and the loads
 * and stores of Winograd's transforms as so many multiplications each.
 */
final class Rule implements Chooser.Cost {
  private static final double PER_TRANSFORMED = 18;
  private static final double PER_WEIGHT = 4;

  @Override
  public double of(Step step, Way way) {
    Kernel.Convolution conv = (Kernel.Convolution) step.kernel();
    double pairs = (double) conv.in() * conv.out();
    double pixels = step.output().pixels();
    double taps = (double) conv.kernel() * conv.kernel();
    Tile tile = OnednnBackend.tile(way);
    if (tile == null) {
      return pixels * pairs * taps + pairs * taps * PER_WEIGHT;
    }
    double tiles =
        Math.ceil(step.output().height() / (double) tile.outputs())
            * Math.ceil(step.output().width() / (double) tile.outputs());
    double products = tile.products();
    return tiles * products * (pairs + PER_TRANSFORMED * (conv.in() + conv.out()))
        + products * pairs * PER_WEIGHT;
  }
}
