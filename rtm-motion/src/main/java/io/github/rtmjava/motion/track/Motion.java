package io.github.rtmjava.motion.track;

/**
 * A quantity that changes evenly but for random accelerations: a Kalman filter of its value and
 * speed (Kalman 1960), over uneven steps of time.
 */
final class Motion {
  /** Accelerations that people show, in body heights per second squared. */
  private static final double ACCELERATION = 3;

  /** Standard deviation of what is measured, in body heights. */
  private static final double MEASUREMENT = 0.04;

  /** Speeds with which people appear, in body heights per second. */
  private static final double FIRST_SPEED = 0.7;

  private double value;
  private double speed;
  private double valueVariance;
  private double covariance;
  private double speedVariance;
  private double time;

  /**
   * At rest, as far as known.
   *
   * @param scale a body height, in the unit of the value
   */
  Motion(double time, double value, double scale) {
    this.time = time;
    this.value = value;
    valueVariance = square(MEASUREMENT * scale);
    speedVariance = square(FIRST_SPEED * scale);
  }

  double value() {
    return value;
  }

  /** Value at a later time if it goes on evenly. */
  double at(double later) {
    return value + speed * (later - time);
  }

  /** Standard deviation of {@link #at}. */
  double deviation(double later, double scale) {
    return Math.sqrt(predictedVariance(later - time, square(ACCELERATION * scale)));
  }

  void measure(double now, double measured, double scale) {
    double step = now - time;
    double noise = square(ACCELERATION * scale);
    double variance = predictedVariance(step, noise);
    double cross = covariance + step * speedVariance + noise * step * step * step / 2;
    double speeds = speedVariance + noise * step * step;
    double gain = 1 / (variance + square(MEASUREMENT * scale));
    double surprise = measured - at(now);
    value = at(now) + variance * gain * surprise;
    speed += cross * gain * surprise;
    valueVariance = variance * (1 - variance * gain);
    covariance = cross * (1 - variance * gain);
    speedVariance = speeds - cross * cross * gain;
    time = now;
  }

  private double predictedVariance(double step, double noise) {
    return valueVariance
        + 2 * step * covariance
        + step * step * speedVariance
        + noise * Math.pow(step, 4) / 4;
  }

  private static double square(double x) {
    return x * x;
  }
}
