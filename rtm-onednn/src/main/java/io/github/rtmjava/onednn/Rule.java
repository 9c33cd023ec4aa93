package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;

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
    if (way.equals(OnednnBackend.DIRECT)) {
      return pixels * pairs * 9 + pairs * 9 * PER_WEIGHT;
    }
    int tile = way.equals(OnednnBackend.WINOGRAD_4) ? 4 : 2;
    int side = tile + 2;
    double tiles =
        Math.ceil(step.output().height() / (double) tile)
            * Math.ceil(step.output().width() / (double) tile);
    double products = (double) side * side;
    return tiles * products * (pairs + PER_TRANSFORMED * (conv.in() + conv.out()))
        + products * pairs * PER_WEIGHT;
  }
}
