package io.github.rtmjava.engine;

import java.io.Serializable;
import java.time.Duration;

/**
 * How batches are shared.
 *
 * @param mostImages images that go through the network together at most
 * @param linger how long a batch that is not full waits for more; zero to start as soon as the
 *     engine is free, which fills batches where it is busy and delays nobody where it is not
 * @param sessions batches that are computed at a time at most, each with memory of its own
 * @param queue images that wait at most, besides those that are being computed
 */
public record BatchLimits(int mostImages, Duration linger, int sessions, int queue)
    implements Serializable {
  /** Up to 16 images at once and no lingering, two batches at a time, 256 images that wait. */
  public static final BatchLimits DEFAULT = new BatchLimits(16, Duration.ZERO, 2, 256);

  public BatchLimits {
    if (mostImages < 1 || sessions < 1) {
      throw new IllegalArgumentException(
          "expected at least one image in a batch and one session, found %s and %s"
              .formatted(mostImages, sessions));
    }
    if (queue < mostImages) {
      throw new IllegalArgumentException(
          "expected a queue for at least one batch of %s images, found %s"
              .formatted(mostImages, queue));
    }
    if (linger.isNegative() || linger.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "expected a batch to wait 0 to 60 s for more, found " + linger);
    }
  }
}
