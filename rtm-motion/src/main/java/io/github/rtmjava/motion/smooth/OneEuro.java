package io.github.rtmjava.motion.smooth;

import java.util.Optional;

/**
 * The One-Euro filter (Casiez, Roussel and Vogel, "1 € Filter", CHI 2012): exponential smoothing
 * whose cutoff rises with the speed, so that it is smooth at rest and lags little in motion. It
 * never looks ahead, also over a whole signal.
 *
 * @param minCutoff cutoff at rest, in Hz, above 0
 * @param beta by how many Hz the cutoff rises with a speed of one scale per second, from 0 on
 */
public record OneEuro(double minCutoff, double beta) implements SignalFilter {
  /** Cutoff of the speed, in Hz, as the authors recommend. */
  private static final double SPEED_CUTOFF = 1;

  private static final double TINY = 1e-8;

  public OneEuro {
    Requirements.positive("a cutoff in Hz", minCutoff);
    if (!(beta >= 0) || !Double.isFinite(beta)) {
      throw new IllegalArgumentException("expected a beta from 0 on, found " + beta);
    }
  }

  @Override
  public double[] apply(double[] times, double[] values, double[] scales) {
    LiveFilter filter = new State();
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = filter.next(times[i], values[i], scales[i]);
    }
    return out;
  }

  @Override
  public int margin(double rate) {
    double share = share(Math.min(minCutoff, SPEED_CUTOFF), 1 / rate);
    return (int) Math.ceil(2 * Math.log(TINY) / Math.log(1 - share));
  }

  @Override
  public Optional<LiveFilter> live() {
    return Optional.of(new State());
  }

  /** What a new sample counts. */
  private static double share(double cutoff, double step) {
    double r = 2 * Math.PI * cutoff * step;
    return r / (r + 1);
  }

  private final class State implements LiveFilter {
    private double time = Double.NaN;
    private double before;
    private double smooth;
    private double speed;

    @Override
    public double next(double now, double value, double scale) {
      double step = now - time;
      time = now;
      if (Double.isNaN(step)) {
        smooth = value;
      } else {
        speed += share(SPEED_CUTOFF, step) * ((value - before) / step / scale - speed);
        double cutoff = minCutoff + beta * Math.abs(speed);
        smooth += share(cutoff, step) * (value - smooth);
      }
      before = value;
      return smooth;
    }
  }
}
