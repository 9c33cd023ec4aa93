package io.github.rtmjava.motion.smooth;

import java.util.Arrays;

/**
 * One coordinate of one keypoint, or of the box, over the frames of a track.
 *
 * @param values [n]; NaN where there is none
 * @param least [n]: smaller differences are no outliers
 * @param scales [n], see {@link SignalFilter#apply}
 */
record Coordinate(double[] values, double[] least, double[] scales) {
  /** Frames farther apart, in seconds, have nothing to do with each other. */
  private static final double LONGEST_STEP = 0.5;

  /** Marks what does not belong among the values that count. */
  void markOutliers(boolean[] counts) {
    boolean[] wrong = Hampel.outliers(only(counts), least);
    for (int i = 0; i < wrong.length; i++) {
      counts[i] &= !wrong[i];
    }
  }

  /**
   * Filled where gaps are short, and made smooth between those that are not. A value that does not
   * count stays where its gap is too long to be filled.
   *
   * @param counts [n]
   */
  double[] smooth(double[] times, boolean[] counts, SmoothOptions options) {
    double[] filled = Gaps.fill(times, only(counts), options.maxGap());
    for (int i = 0; i < filled.length; i++) {
      filled[i] = Double.isNaN(filled[i]) ? values[i] : filled[i];
    }
    double[] whole = Gaps.fill(times, filled, options.maxGap());
    return options
        .filter()
        .map(filter -> filtered(filter, times, whole, options.maxGap()))
        .orElse(whole);
  }

  private double[] filtered(SignalFilter filter, double[] times, double[] whole, double maxGap) {
    double[] out = whole.clone();
    int from = 0;
    for (int i = 0; i <= whole.length; i++) {
      boolean broken =
          i == whole.length
              || Double.isNaN(whole[i])
              || (i > from && times[i] - times[i - 1] > Math.max(maxGap, LONGEST_STEP));
      if (broken) {
        filter(filter, times, whole, out, from, i);
        from = i < whole.length && Double.isNaN(whole[i]) ? i + 1 : i;
      }
    }
    return out;
  }

  private void filter(
      SignalFilter filter, double[] times, double[] whole, double[] out, int from, int to) {
    if (to > from) {
      double[] smooth =
          filter.apply(
              Arrays.copyOfRange(times, from, to),
              Arrays.copyOfRange(whole, from, to),
              Arrays.copyOfRange(scales, from, to));
      System.arraycopy(smooth, 0, out, from, smooth.length);
    }
  }

  private double[] only(boolean[] counts) {
    double[] out = values.clone();
    for (int i = 0; i < out.length; i++) {
      if (!counts[i]) {
        out[i] = Double.NaN;
      }
    }
    return out;
  }
}
