package io.github.rtmjava.motion.smooth;

import java.util.Optional;

/**
 * Savitzky and Golay (1964): the polynomial of degree 2 that fits best to a window of samples
 * around each, by their times. Near the ends it is that of the outermost window, as with {@code
 * mode = 'interp'} of scipy's {@code savgol_filter}. A signal shorter than the window is one
 * window.
 *
 * @param window number of samples, odd, from 5 on
 */
public record SavitzkyGolay(int window) implements SignalFilter {

  public SavitzkyGolay {
    Requirements.odd("a window of frames", 5, window);
  }

  @Override
  public double[] apply(double[] times, double[] values, double[] scales) {
    int n = values.length;
    if (n < 4) {
      return values.clone();
    }
    int size = Math.min(window, n);
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      int from = Math.max(0, Math.min(i - size / 2, n - size));
      out[i] = fit(times, values, from, from + size, i);
    }
    return out;
  }

  @Override
  public int margin(double rate) {
    return window;
  }

  @Override
  public Optional<LiveFilter> live() {
    return Optional.empty();
  }

  /** Value at a sample of the parabola through a window, by the normal equations. */
  private static double fit(double[] times, double[] values, int from, int to, int at) {
    double unit = (times[to - 1] - times[from]) / 2;
    double[] moments = new double[5];
    double[] sums = new double[3];
    for (int j = from; j < to; j++) {
      double u = (times[j] - times[at]) / unit;
      double power = 1;
      for (int p = 0; p < 5; p++) {
        moments[p] += power;
        if (p < 3) {
          sums[p] += power * (values[j] - values[at]);
        }
        power *= u;
      }
    }
    double a = moments[2] * moments[4] - moments[3] * moments[3];
    double b = moments[2] * moments[3] - moments[1] * moments[4];
    double c = moments[1] * moments[3] - moments[2] * moments[2];
    double determinant = moments[0] * a + moments[1] * b + moments[2] * c;
    return values[at] + (a * sums[0] + b * sums[1] + c * sums[2]) / determinant;
  }
}
