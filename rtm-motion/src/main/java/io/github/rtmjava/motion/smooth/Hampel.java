package io.github.rtmjava.motion.smooth;

/**
 * Finds single values that do not belong to a signal (Hampel 1974): those farther from the median
 * of the values around them than four times what the scatter of these explains, and than a least
 * distance.
 */
public final class Hampel {
  /** Samples on each side. */
  static final int HALF_WINDOW = 3;

  private static final double DEVIATIONS = 4;

  /** Median absolute deviation to standard deviation, of normal errors. */
  private static final double NORMAL = 1.4826;

  private Hampel() {}

  /**
   * Which values do not belong.
   *
   * @param values [n], NaN where a value is missing
   * @param least [n]: nearer to the median than this everything belongs
   * @return [n]
   */
  public static boolean[] outliers(double[] values, double[] least) {
    boolean[] out = new boolean[values.length];
    double[] window = new double[2 * HALF_WINDOW + 1];
    for (int i = 0; i < values.length; i++) {
      int count = 0;
      int last = Math.min(values.length - 1, i + HALF_WINDOW);
      for (int j = Math.max(0, i - HALF_WINDOW); j <= last; j++) {
        if (!Double.isNaN(values[j])) {
          window[count++] = values[j];
        }
      }
      if (count <= HALF_WINDOW || Double.isNaN(values[i])) {
        continue;
      }
      double median = Median.of(window, 0, count);
      for (int j = 0; j < count; j++) {
        window[j] = Math.abs(window[j] - median);
      }
      double scatter = NORMAL * Median.of(window, 0, count);
      out[i] = Math.abs(values[i] - median) > Math.max(least[i], DEVIATIONS * scatter);
    }
    return out;
  }
}
