package io.github.rtmjava.server.load;

import io.github.rtmjava.engine.Processors;

/**
 * How long a picture of a model keeps the machine busy, as measured on average of the last ones:
 * the time between results while the networks always have something to do, and the processors' part
 * of its decoding. What somebody sends slowly, or what is no picture, is in neither.
 */
public final class PictureCost {
  private static final double WEIGHT = 0.05;

  private double computing;
  private double decoding;
  private int pending;
  private long since;

  /**
   * Begins with an estimate.
   *
   * @param nanos of a picture
   */
  public PictureCost(double nanos) {
    this.computing = nanos;
  }

  /** Nanoseconds of a picture. */
  public synchronized double nanos() {
    return computing + decoding;
  }

  /** Begins anew with what one picture took. */
  public synchronized void estimate(double nanosOfOne) {
    computing = nanosOfOne;
    decoding = 0;
  }

  /** A picture was decoded, on one of the processors. */
  synchronized void decoded(long nanos) {
    decoding += WEIGHT * ((double) nanos / Processors.count() - decoding);
  }

  /** The networks have more to do. */
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
    if (computed) {
      double each = (double) (now - since) / pictures;
      double weight = 1 - Math.pow(1 - WEIGHT, pictures);
      computing += weight * (each - computing);
    }
    since = now;
    pending -= pictures;
  }
}
