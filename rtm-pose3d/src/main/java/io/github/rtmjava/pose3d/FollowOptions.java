package io.github.rtmjava.pose3d;

import io.github.rtmjava.motion.track.TrackerOptions;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How people are followed from frame to frame.
 *
 * @param detectEvery the detector looks at every so many-th frame; in between people are looked for
 *     where their last poses lead. Somebody new waits for the next look. Without effect on models
 *     that find people by themselves
 * @param tracker how people are recognised; null for not at all, they then have no ids
 * @param live whether frames come at their own pace: they then go through the networks one by one,
 *     and those that come too fast are dropped instead of waiting
 * @param everybody whether all people are followed even where the inferencer looks for a single
 *     person, whom the caller chooses when the whole video is known, for example with {@link
 *     io.github.rtmjava.motion.track.PeopleSeen}. Otherwise a single person is whoever has the
 *     largest product of area and score when somebody is first there, until the tracker has waited
 *     for them in vain; without a tracker one is chosen in every frame anew
 */
public record FollowOptions(
    int detectEvery, @Nullable TrackerOptions tracker, boolean live, boolean everybody)
    implements Serializable {
  /** The detector looks at every frame, people have ids, frames wait for their turn. */
  public static final FollowOptions DEFAULT =
      new FollowOptions(1, TrackerOptions.DEFAULT, /* live= */ false, /* everybody= */ false);

  public FollowOptions {
    if (detectEvery < 1) {
      throw new IllegalArgumentException(
          "expected a detection at every 1st, 2nd ... frame, found every " + detectEvery);
    }
    if (detectEvery > 1 && tracker == null) {
      throw new IllegalArgumentException(
          "expected a tracker, which says where to look in frames without detection");
    }
  }

  /** The same with a look of the detector at every so many-th frame. */
  public FollowOptions withDetectEvery(int frames) {
    return new FollowOptions(frames, tracker, live, everybody);
  }

  /** The same with other ways to recognise people; null for none. */
  public FollowOptions withTracker(@Nullable TrackerOptions other) {
    return new FollowOptions(detectEvery, other, live, everybody);
  }

  /** The same for a camera, or for what else does not wait. */
  public FollowOptions withLive(boolean other) {
    return new FollowOptions(detectEvery, tracker, other, everybody);
  }

  /** The same with all people, whom the caller chooses among afterwards. */
  public FollowOptions withEverybody(boolean other) {
    return new FollowOptions(detectEvery, tracker, live, other);
  }
}
