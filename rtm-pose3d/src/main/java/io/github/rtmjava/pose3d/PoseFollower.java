package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.pose.PoseFrame;
import java.util.List;

/**
 * Follows people through frames that a caller has at hand, one by one.
 *
 * <pre>{@code
 * PoseFollower follower = inferencer.follower(FollowOptions.DEFAULT);
 * while (running) {
 *   PoseFrame poses = follower.next(camera.picture(), camera.seconds());
 * }
 * }</pre>
 *
 * <p>For one thread at a time, and one video: it remembers who was seen. Many followers may share
 * one inferencer, which must stay open for as long.
 */
public final class PoseFollower {
  private final Following following;
  private long index;
  private double last = Double.NEGATIVE_INFINITY;

  PoseFollower(Following following) {
    this.following = following;
  }

  /**
   * The people in the next frame.
   *
   * @param time in seconds; later than that of the frame before
   * @return with ids, unless the options say otherwise
   * @throws IllegalArgumentException if time does not go on
   * @throws RuntimeException if poses could not be looked for; the next frame may do better
   */
  public PoseFrame next(Image image, double time) {
    if (!(time > last)) {
      throw new IllegalArgumentException(
          "expected a time after the last frame's %s s, found %s s".formatted(last, time));
    }
    last = time;
    List<VideoFrame> frame = List.of(new VideoFrame(index++, time, image));
    Followed followed = following.look(following.spot(frame), 0).get(0);
    followed
        .problem()
        .ifPresent(
            problem -> {
              throw problem instanceof RuntimeException known
                  ? known
                  : new IllegalStateException(problem);
            });
    return followed.poses();
  }
}
