package io.github.rtmjava.motion.smooth;

/** Fills what is missing in signals. */
public final class Gaps {
  private Gaps() {}

  /**
   * Fills gaps between known values by a cubic that keeps within them (PCHIP: Fritsch and Butland
   * 1984), as long as they are short. What is missing at the ends stays missing.
   *
   * @param times [n] in seconds, growing
   * @param values [n], NaN where a value is missing
   * @param longest gaps between two known values of more seconds stay
   * @return [n]
   */
  public static double[] fill(double[] times, double[] values, double longest) {
    double[] out = values.clone();
    int before = -1;
    int left = -1;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      if (left >= 0 && i > left + 1 && times[i] - times[left] <= longest) {
        int after = i + 1;
        while (after < values.length && Double.isNaN(values[after])) {
          after++;
        }
        fill(times, values, out, new int[] {before, left, i, after});
      }
      before = left;
      left = i;
    }
    return out;
  }

  /** Fills between the middle two of four known values, of which the outer two may not exist. */
  private static void fill(double[] times, double[] values, double[] out, int[] known) {
    int left = known[1];
    int right = known[2];
    double step = times[right] - times[left];
    double leftSlope = slope(times, values, known[0], left, right);
    double rightSlope = slope(times, values, left, right, known[3]);
    for (int i = left + 1; i < right; i++) {
      double u = (times[i] - times[left]) / step;
      double v = 1 - u;
      out[i] =
          values[left] * v * v * (1 + 2 * u)
              + values[right] * u * u * (1 + 2 * v)
              + step * u * v * (leftSlope * v - rightSlope * u);
    }
  }

  /** Slope at the middle one of three; that to its neighbour where it has one only. */
  private static double slope(double[] times, double[] values, int before, int at, int after) {
    if (before < 0) {
      return (values[after] - values[at]) / (times[after] - times[at]);
    }
    double leftStep = times[at] - times[before];
    double left = (values[at] - values[before]) / leftStep;
    if (after >= values.length) {
      return left;
    }
    double rightStep = times[after] - times[at];
    double right = (values[after] - values[at]) / rightStep;
    if (left * right <= 0) {
      return 0;
    }
    double leftWeight = 2 * rightStep + leftStep;
    double rightWeight = rightStep + 2 * leftStep;
    return (leftWeight + rightWeight) / (leftWeight / left + rightWeight / right);
  }
}
