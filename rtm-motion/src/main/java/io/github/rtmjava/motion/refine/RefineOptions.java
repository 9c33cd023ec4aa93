package io.github.rtmjava.motion.refine;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.Recording;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the poses of a whole video. {@link #DEFAULT} and the {@code with...} methods make
 * others.
 *
 * @param smoothing how people are made smooth
 * @param boneLengths whether everybody's bones get the same length in all frames
 * @param personHeight how tall the people stand, in metres, which tells how far away they are; null
 *     where nobody knows: then they stand where the camera's root depth says
 * @param world where the camera stands, for {@link Frame3d#WORLD}; null to find it by the floor
 *     under the people's feet
 * @param frame of the 3D keypoints; null for the model's
 */
public record RefineOptions(
    SmoothOptions smoothing,
    boolean boneLengths,
    @Nullable Double personHeight,
    @Nullable WorldPose world,
    @Nullable Frame3d frame)
    implements Serializable {
  /** Smooth, and nothing else. */
  public static final RefineOptions DEFAULT =
      new RefineOptions(SmoothOptions.OFFLINE, false, null, null, null);

  public RefineOptions {
    if (personHeight != null && !(personHeight > 0.3 && personHeight < 3)) {
      throw new IllegalArgumentException(
          "expected a height of 0.3 to 3 metres, found " + personHeight);
    }
  }

  /**
   * Checks, before any frame is looked at, that the model gives what these options need.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void requireFit(Recording recording) {
    boolean asked = boneLengths || personHeight != null || frame == Frame3d.WORLD;
    if (asked && (recording.frame() != Frame3d.CAMERA || recording.camera() == null)) {
      throw new IllegalArgumentException(
          ("expected a 3D model of people for bone lengths, a person's height and the world, found"
                  + " %s in the frame %s")
              .formatted(recording.model(), recording.frame().id()));
    }
  }

  public RefineOptions withSmoothing(SmoothOptions other) {
    return new RefineOptions(other, boneLengths, personHeight, world, frame);
  }

  public RefineOptions withBoneLengths(boolean same) {
    return new RefineOptions(smoothing, same, personHeight, world, frame);
  }

  public RefineOptions withPersonHeight(@Nullable Double metres) {
    return new RefineOptions(smoothing, boneLengths, metres, world, frame);
  }

  public RefineOptions withWorld(@Nullable WorldPose other) {
    return new RefineOptions(smoothing, boneLengths, personHeight, other, frame);
  }

  public RefineOptions withFrame(@Nullable Frame3d other) {
    return new RefineOptions(smoothing, boneLengths, personHeight, world, other);
  }
}
