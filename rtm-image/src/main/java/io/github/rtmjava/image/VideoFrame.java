package io.github.rtmjava.image;

/**
 * One picture of a video, upright.
 *
 * @param index in its source, from 0 on; grows from frame to frame, by more than one where frames
 *     are left out
 * @param time in seconds from the source's start; grows from frame to frame, not always evenly
 * @param image the picture
 */
public record VideoFrame(long index, double time, Image image) {
  public VideoFrame {
    if (index < 0 || !Double.isFinite(time)) {
      throw new IllegalArgumentException(
          "expected a frame from 0 on and a finite time, found frame %s at %s s"
              .formatted(index, time));
    }
  }
}
