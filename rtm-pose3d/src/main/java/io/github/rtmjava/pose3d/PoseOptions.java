package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import org.jspecify.annotations.Nullable;

/**
 * Which people are looked at, and how their 3D keypoints are placed.
 *
 * @param bboxThreshold a detector's box needs a score above this; null for what the detector
 *     recommends
 * @param maxPersons at most so many, best first
 * @param singlePerson only the person with the largest product of area and score
 * @param camera null for the nominal one, {@link Camera#nominal}
 * @param compat whose conventions the 3D keypoints follow
 */
public record PoseOptions(
    @Nullable Float bboxThreshold,
    int maxPersons,
    boolean singlePerson,
    @Nullable Camera camera,
    Compat compat) {
  /** The detector's threshold, everybody, the nominal camera. */
  public static final PoseOptions DEFAULT =
      new PoseOptions(null, Integer.MAX_VALUE, false, null, Compat.NONE);

  public PoseOptions {
    if (bboxThreshold != null && !(bboxThreshold >= 0 && bboxThreshold <= 1)) {
      throw new IllegalArgumentException(
          "expected a box threshold of 0 to 1, found " + bboxThreshold);
    }
    if (maxPersons < 1) {
      throw new IllegalArgumentException("expected at least one person, found " + maxPersons);
    }
    if (camera != null && compat == Compat.RTMPOSE3D) {
      throw new IllegalArgumentException(
          "rtmpose3d knows no camera: give either a camera or compat rtmpose3d");
    }
  }
}
