package io.github.rtmjava.motion.smooth;

import java.util.Optional;

/**
 * Butterworth's low-pass filter (1930) of order 2 by the bilinear transform, with the step between
 * two samples taken from their times. Over a whole signal forwards and backwards, so order 4
 * without a lag, extended at both ends as {@code scipy.signal.filtfilt} does: at even times the
 * numbers are those of {@code butter(2, cutoff)} with {@code filtfilt}, which Sports2D and Pose2Sim
 * call a filter of order 4. Two passes damp the cutoff by 6 dB. Live it is one pass, with a lag.
 *
 * @param cutoff in Hz, above 0; where the rate is below twice of it nothing changes
 */
public record Butterworth(double cutoff) implements SignalFilter {
  /** Samples added at both ends, as scipy does for order 2. */
  private static final int PADDING = 9;

  private static final double TINY = 1e-8;

  public Butterworth {
    Requirements.positive("a cutoff in Hz", cutoff);
  }

  @Override
  public double[] apply(double[] times, double[] values, double[] scales) {
    int n = values.length;
    int pad = Math.min(PADDING, n - 1);
    if (pad < 1) {
      return values.clone();
    }
    double[] x = extended(values, pad);
    double[] t = extended(times, pad);
    forwards(t, x);
    reverse(x);
    reverse(t);
    forwards(t, x);
    reverse(x);
    double[] out = new double[n];
    System.arraycopy(x, pad, out, 0, n);
    return out;
  }

  @Override
  public int margin(double rate) {
    double g = Math.tan(Math.PI * Math.min(0.49, cutoff / rate));
    double radius = Math.sqrt((1 - Math.sqrt(2) * g + g * g) / (1 + Math.sqrt(2) * g + g * g));
    return PADDING + (int) Math.ceil(Math.log(TINY) / Math.log(radius));
  }

  @Override
  public Optional<LiveFilter> live() {
    return Optional.of(new Pass(cutoff));
  }

  private void forwards(double[] times, double[] values) {
    Pass pass = new Pass(cutoff);
    for (int i = 0; i < values.length; i++) {
      values[i] = pass.next(times[i], values[i], 1);
    }
  }

  /** Turned over at the first and at the last point, by so many samples. */
  private static double[] extended(double[] values, int pad) {
    int n = values.length;
    double[] out = new double[n + 2 * pad];
    System.arraycopy(values, 0, out, pad, n);
    for (int i = 1; i <= pad; i++) {
      out[pad - i] = 2 * values[0] - values[i];
      out[pad + n - 1 + i] = 2 * values[n - 1] - values[n - 1 - i];
    }
    return out;
  }

  private static void reverse(double[] values) {
    for (int i = 0, j = values.length - 1; i < j; i++, j--) {
      double kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /**
   * One pass: two integrators by the trapezoidal rule in a loop, at rest at the first value. At
   * even steps it is the bilinear transform.
   */
  private static final class Pass implements LiveFilter {
    private static final double DAMPING = Math.sqrt(2);

    private final double cutoff;
    private double time = Double.NaN;
    private double high;
    private double band;
    private double low;

    Pass(double cutoff) {
      this.cutoff = cutoff;
    }

    @Override
    public double next(double now, double value, double scale) {
      double cycles = cutoff * Math.abs(now - time);
      time = now;
      if (!(cycles < 0.5)) {
        high = 0;
        band = 0;
        low = value;
        return value;
      }
      double g = Math.tan(Math.PI * cycles);
      double bandBefore = band + g * high;
      double lowBefore = low + g * band;
      high = (value - (DAMPING + g) * bandBefore - lowBefore) / (1 + DAMPING * g + g * g);
      band = bandBefore + g * high;
      low = lowBefore + g * band;
      return low;
    }
  }
}
