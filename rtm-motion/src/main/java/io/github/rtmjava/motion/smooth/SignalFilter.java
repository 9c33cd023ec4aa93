package io.github.rtmjava.motion.smooth;

import java.util.Optional;

/**
 * Makes a signal smooth. Immutable; times are in seconds and grow, evenly or not; values are
 * finite. A constant stays as it is.
 */
public sealed interface SignalFilter permits Butterworth, Gaussian, Median, OneEuro, SavitzkyGolay {

  /**
   * The whole signal made smooth.
   *
   * @param times [n]
   * @param values [n]
   * @param scales [n], above 0: what counts as one in the values, for example a person's height in
   *     pixels; only {@link OneEuro} asks
   * @return [n]
   */
  double[] apply(double[] times, double[] values, double[] scales);

  /**
   * So many samples before and after a part of a signal make its result what it would be in the
   * whole signal, but for a ten-millionth of the values.
   *
   * @param rate samples in a second
   */
  int margin(double rate);

  /** The same for signals that go on, without looking ahead; empty where that makes no sense. */
  Optional<LiveFilter> live();

  /** A filter of one signal whose samples come one by one. */
  interface LiveFilter {
    /**
     * The next sample made smooth; the first is given back as it is.
     *
     * @param scale see {@link SignalFilter#apply}
     */
    double next(double time, double value, double scale);
  }
}
