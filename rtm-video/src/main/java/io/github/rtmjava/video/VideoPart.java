package io.github.rtmjava.video;

import java.io.Serializable;

/**
 * A part of a video, whose frames are those that the whole gives there: the same pictures, indices
 * and times. {@link VideoCuts} makes them.
 *
 * @param options which frames are read
 * @param before how many frames of the source come before its start; negative where nobody counted
 * @param lead how many of its first frames belong to the part before it, and are there only so that
 *     who follows people has seen them
 * @param frames how many are its own; negative where nobody counted
 */
public record VideoPart(VideoOptions options, long before, int lead, long frames)
    implements Serializable {
  static final long NOBODY_COUNTED = -1;

  /** The whole. */
  public static VideoPart whole(VideoOptions options) {
    return new VideoPart(options, NOBODY_COUNTED, 0, NOBODY_COUNTED);
  }
}
