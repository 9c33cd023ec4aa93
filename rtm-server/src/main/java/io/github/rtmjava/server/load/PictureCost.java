package io.github.rtmjava.server.load;

/**
 * How long a picture of a model keeps the engine busy, as measured: the time between results while
 * there is always something to do, on average of the last ones.
 */
public final class PictureCost {
  private static final double WEIGHT = 0.05;

  private double nanos;
  private int pending;
  private long since;

  /**
   * Begins with an estimate.
   *
   * @param nanos of a picture
   */
  public PictureCost(double nanos) {
    this.nanos = nanos;
  }

  /** Nanoseconds of a picture. */
  public synchronized double nanos() {
    return nanos;
  }

  /** Begins anew with what one picture took. */
  public synchronized void estimate(double nanosOfOne) {
    nanos = nanosOfOne;
  }

  synchronized void begin(int pictures) {
    if (pending == 0) {
      since = System.nanoTime();
    }
    pending += pictures;
  }

  /**
   * Pictures that are over.
   *
   * @param computed whether they were, and did not fail or leave before
   */
  synchronized void end(int pictures, boolean computed) {
    long now = System.nanoTime();
    if (computed && pending > 0) {
      double each = (double) (now - since) / pictures;
      double weight = 1 - Math.pow(1 - WEIGHT, pictures);
      nanos += weight * (each - nanos);
      since = now;
    }
    pending = Math.max(0, pending - pictures);
  }
}
