package io.github.rtmjava.pose;

/**
 * Everybody in one frame of a video.
 *
 * @param index of the frame in its source, from 0 on; grows from frame to frame, by more than one
 *     where frames are left out
 * @param time in seconds from the source's start; grows from frame to frame, not always evenly
 * @param result the people, each with an {@link PersonPose#id()} where they were followed
 */
public record PoseFrame(long index, double time, PoseResult result) {
  public PoseFrame {
    if (index < 0 || !Double.isFinite(time)) {
      throw new IllegalArgumentException(
          "expected a frame from 0 on and a finite time, found frame %s at %s s"
              .formatted(index, time));
    }
  }

  /** The same frame with other people. */
  public PoseFrame with(PoseResult other) {
    return new PoseFrame(index, time, other);
  }
}
