package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.pose.PoseFrame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of one frame of a video. */
public final class Followed {
  private final VideoFrame frame;
  private final PoseFrame poses;
  private final PoseFrame seen;
  private final @Nullable Throwable problem;
  private final long dropped;

  Followed(
      VideoFrame frame,
      PoseFrame poses,
      PoseFrame seen,
      @Nullable Throwable problem,
      long dropped) {
    this.frame = frame;
    this.poses = poses;
    this.seen = seen;
    this.problem = problem;
    this.dropped = dropped;
  }

  /** The frame. */
  public VideoFrame frame() {
    return frame;
  }

  /** Who was found in it; nobody where there was a {@link #problem()}. */
  public PoseFrame poses() {
    return poses;
  }

  /** Everybody who was found in it, before anybody was recognised: without ids. */
  public PoseFrame seen() {
    return seen;
  }

  /** Why poses could not be looked for in this frame; its message is for people. */
  public Optional<Throwable> problem() {
    return Optional.ofNullable(problem);
  }

  /** How many frames of a live source were dropped up to this one, to keep up with it. */
  public long dropped() {
    return dropped;
  }
}
