package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.runtime.Futures;
import java.util.concurrent.CompletableFuture;

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
  private CompletableFuture<?> before = CompletableFuture.completedFuture(true);

  PoseFollower(Following following) {
    this.following = following;
  }

  /**
   * The people in the next frame.
   *
   * @param time in seconds; later than that of the frame before
   * @return with ids, unless the options say otherwise
   * @throws IllegalArgumentException if time does not go on
   * @throws IllegalStateException if a frame that was submitted is under way
   * @throws RuntimeException if poses could not be looked for; the next frame may do better
   */
  public PoseFrame next(Image image, double time) {
    return Futures.get(submit(image, time));
  }

  /**
   * The same, later: with {@link PoseInferencerBuilder#sharedBatches} it returns at once, and
   * frames of many followers go through the networks together. One frame at a time: the next one
   * may be submitted when the future is done.
   *
   * @return what {@link #next} gives; fails as {@link PoseInferencer#submit(PoseRequest)} does, and
   *     the next frame may do better. Who cancels it takes nothing back. What depends on it may run
   *     on the threads that compute, and is to be short
   * @throws IllegalArgumentException if time does not go on
   * @throws IllegalStateException if the frame before is under way
   */
  public CompletableFuture<PoseFrame> submit(Image image, double time) {
    requireIdle();
    if (!(time > last)) {
      throw new IllegalArgumentException(
          "expected a time after the last frame's %s s, found %s s".formatted(last, time));
    }
    last = time;
    VideoFrame frame = new VideoFrame(index++, time, image);
    CompletableFuture<PoseFrame> poses =
        Futures.map(following.submit(frame), result -> new PoseFrame(frame.index(), time, result));
    before = poses;
    // A copy: who was seen must be remembered even where somebody cancels.
    return poses.copy();
  }

  /**
   * Looks at people with other options from the next frame on; nobody is forgotten.
   *
   * @throws IllegalArgumentException if the model has not what the options ask for
   * @throws IllegalStateException if a frame that was submitted is under way
   */
  public void change(PoseOptions options) {
    requireIdle();
    following.change(options);
  }

  private void requireIdle() {
    if (!before.isDone()) {
      throw new IllegalStateException("expected the frame before to be done, found it under way");
    }
  }
}
