package io.github.rtmjava.motion.smooth;

import java.util.Arrays;
import java.util.Optional;

/**
 * The middle value of a window of samples around each; of a smaller one near the ends. Live it is
 * the middle of the last samples.
 *
 * @param window number of samples, odd
 */
public record Median(int window) implements SignalFilter {

  public Median {
    Requirements.odd("a window of frames", 1, window);
  }

  @Override
  public double[] apply(double[] times, double[] values, double[] scales) {
    int n = values.length;
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      int half = Math.min(window / 2, Math.min(i, n - 1 - i));
      out[i] = of(values, i - half, i + half + 1);
    }
    return out;
  }

  @Override
  public int margin(double rate) {
    return window / 2;
  }

  @Override
  public Optional<LiveFilter> live() {
    double[] last = new double[window];
    int[] count = {0};
    return Optional.of(
        (time, value, scale) -> {
          last[count[0]++ % window] = value;
          return of(last, 0, Math.min(count[0], window));
        });
  }

  /** Middle of the values from one index to before another. */
  static double of(double[] values, int from, int to) {
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
