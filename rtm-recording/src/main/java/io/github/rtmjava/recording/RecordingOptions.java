package io.github.rtmjava.recording;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.video.VideoOptions;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a video is worked on.
 *
 * @param frames which frames are read
 * @param following how people are followed
 * @param single whether only one of those people is kept
 * @param refining what is made of all frames in the end, and the frame of their 3D keypoints
 * @param angles whether the lines of JSON hold angles
 * @param drawing how people are drawn
 * @param audio whether the drawn video gets the sound
 */
public record RecordingOptions(
    VideoOptions frames,
    FollowOptions following,
    boolean single,
    RefineOptions refining,
    boolean angles,
    DrawOptions drawing,
    boolean audio)
    implements Serializable {

  /** What is written while frames come, when the world is not known yet, is about this. */
  Recording early(Recording recording) {
    Frame3d frame = earlyFrame();
    return frame == null ? recording : recording.withFrame(frame);
  }

  PoseFrame early(PoseFrame poses) {
    Frame3d frame = earlyFrame();
    return frame == null ? poses : poses.with(poses.result().in(frame));
  }

  private @Nullable Frame3d earlyFrame() {
    Frame3d frame = refining.frame();
    return frame == Frame3d.WORLD ? null : frame;
  }
}
