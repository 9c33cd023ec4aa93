package io.github.rtmjava.motion.smooth;

import java.util.Optional;

/**
 * Mean of all samples, weighted by a bell of their distance in time. At the ends of the signal it
 * is the mean of what is there.
 *
 * @param cutoff frequency in Hz that it damps by 3 dB, above 0
 */
public record Gaussian(double cutoff) implements SignalFilter {
  /** Where the bell ends, in standard deviations: what is beyond is less than a float tells. */
  private static final double REACH = 6;

  public Gaussian {
    Requirements.positive("a cutoff in Hz", cutoff);
  }

  /** Standard deviation of the bell in seconds. */
  public double deviation() {
    return Math.sqrt(Math.log(2)) / (2 * Math.PI * cutoff);
  }

  @Override
  public double[] apply(double[] times, double[] values, double[] scales) {
    double sigma = deviation();
    double[] out = new double[values.length];
    int from = 0;
    for (int i = 0; i < out.length; i++) {
      while (times[i] - times[from] > REACH * sigma) {
        from++;
      }
      double sum = 0;
      double weights = 0;
      for (int j = from; j < out.length && times[j] - times[i] <= REACH * sigma; j++) {
        double distance = (times[j] - times[i]) / sigma;
        double weight = Math.exp(-distance * distance / 2);
        sum += weight * (values[j] - values[i]);
        weights += weight;
      }
      out[i] = values[i] + sum / weights;
    }
    return out;
  }

  @Override
  public int margin(double rate) {
    return (int) Math.ceil(REACH * deviation() * rate) + 1;
  }

  @Override
  public Optional<LiveFilter> live() {
    return Optional.empty();
  }
}
