package io.github.rtmjava.output.viewer;

/**
 * Where a floor would be under the lowest feet: the height below which nearly nobody reaches. Takes
 * the heights as they come and keeps a histogram of them.
 */
final class FloorHeight {
  private static final double BIN = 0.01;
  private static final int BINS = 10_000;
  private static final double PART_BELOW = 0.02;

  private final int[] histogram = new int[BINS];
  private long count;

  void add(double lowest) {
    if (Double.isFinite(lowest)) {
      double bin = Math.floor(lowest / BIN) + BINS / 2;
      histogram[(int) Math.min(BINS - 1, Math.max(0, bin))]++;
      count++;
    }
  }

  /** In metres; 0 if nobody was there. */
  double value() {
    long below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      below += histogram[bin];
      if (histogram[bin] > 0 && below >= PART_BELOW * count) {
        return (bin - BINS / 2) * BIN;
      }
    }
    return 0;
  }
}
