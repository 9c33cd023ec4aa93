package io.github.rtmjava.motion.refine;

import io.github.rtmjava.motion.smooth.Butterworth;
import java.util.Arrays;

/** How far away somebody is, over time: from single, noisy distances to an even way. */
final class Distances {
  /** In Hz: nobody comes and goes faster. */
  private static final double CUTOFF = 1;

  private double[] times = new double[256];
  private double[] metres = new double[256];
  private int count;

  /** Adds one, later than those before. */
  void add(double time, double distance) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      metres = Arrays.copyOf(metres, 2 * count);
    }
    times[count] = time;
    metres[count++] = distance;
  }

  /** All are there. */
  void smooth() {
    times = Arrays.copyOf(times, count);
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    metres = new Butterworth(CUTOFF).apply(times, Arrays.copyOf(metres, count), ones);
  }

  /**
   * The distance at a time, between those before and after; before the first and after the last it
   * stays.
   */
  double at(double time) {
    int found = Arrays.binarySearch(times, time);
    if (found >= 0) {
      return metres[found];
    }
    int after = -found - 1;
    if (after == 0 || after == count) {
      return metres[after == 0 ? 0 : count - 1];
    }
    double part = (time - times[after - 1]) / (times[after] - times[after - 1]);
    return metres[after - 1] + part * (metres[after] - metres[after - 1]);
  }
}
