package io.github.rtmjava.output.format;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.Recording;
import java.util.List;
import java.util.Optional;

/** The angles of a recording's people, in degrees. */
public final class BodyAngles {
  private final Angles angles;
  private final Frame3d frame;
  private final boolean depth;

  /** Of people with the recording's keypoints, in its frame. */
  public BodyAngles(Recording recording) {
    angles = Angles.of(recording.keypointSet());
    frame = recording.frame();
    depth = frame != Frame3d.UVD && Depth.isIn(recording);
  }

  /** What a format of angles asks of a recording; empty if it is met. */
  public static Optional<String> requirement(String format, Recording recording) {
    return Angles.of(recording.keypointSet()).list().isEmpty()
        ? Optional.of(
            "%s holds angles of the body, which the keypoints %s do not give; take a model of bodies"
                .formatted(format, recording.keypointSet().name()))
        : Optional.empty();
  }

  /** Which angles there are, in the order of the numbers. */
  public List<BodyAngle> list() {
    return angles.list();
  }

  /** Whether there are angles in space. */
  public boolean depth() {
    return depth;
  }

  /** To which side the people look. */
  public FacingOverTime overTime() {
    return angles.overTime();
  }

  /** In the picture, in the order of {@link #list}; NaN where unknown. */
  public float[] flat(PersonPose person, Facing facing) {
    return angles.degrees2d(person, facing);
  }

  /** In space, in the order of {@link #list}; NaN where unknown. */
  public float[] space(PersonPose person) {
    return angles.degrees3d(person, frame);
  }
}
