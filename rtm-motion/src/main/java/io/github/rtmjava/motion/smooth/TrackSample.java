package io.github.rtmjava.motion.smooth;

import io.github.rtmjava.pose.PersonPose;
import org.jspecify.annotations.Nullable;

/**
 * One person in one frame.
 *
 * @param index of the frame in its source
 * @param time in seconds
 * @param pose null where the person was not found
 */
public record TrackSample(long index, double time, @Nullable PersonPose pose) {
  public TrackSample {
    if (!Double.isFinite(time)) {
      throw new IllegalArgumentException("expected a finite time, found " + time);
    }
  }

  /** The same frame with the person otherwise. */
  public TrackSample with(@Nullable PersonPose other) {
    return new TrackSample(index, time, other);
  }
}
