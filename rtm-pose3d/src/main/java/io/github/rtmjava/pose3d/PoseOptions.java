package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.motion.calibration.Calibration;
import org.jspecify.annotations.Nullable;

/**
 * Which people are looked at, and how their 3D keypoints are placed.
 *
 * @param bboxThreshold a detector's box needs a score above this; null for what the model or the
 *     detector recommends
 * @param nmsIou a box that overlaps a better one by more than this IoU is left out, after the
 *     detector's own suppression; null for none
 * @param maxPersons at most so many, best first
 * @param singlePerson only the person with the largest product of area and score
 * @param camera null where nobody knows it
 * @param calibration of the camera, whose pictures may have several sizes; null where there is none
 * @param compat whose conventions the 3D keypoints follow
 */
record PoseOptions(
    @Nullable Float bboxThreshold,
    @Nullable Float nmsIou,
    int maxPersons,
    boolean singlePerson,
    @Nullable Camera camera,
    @Nullable Calibration calibration,
    Compat compat) {
  /** The detector's threshold, everybody, the nominal camera. */
  static final PoseOptions DEFAULT =
      new PoseOptions(null, null, Integer.MAX_VALUE, false, null, null, Compat.NONE);

  PoseOptions {
    requireShare("a box threshold", bboxThreshold);
    requireShare("an IoU", nmsIou);
    if (maxPersons < 1) {
      throw new IllegalArgumentException("expected at least one person, found " + maxPersons);
    }
    if (camera != null && calibration != null) {
      throw new IllegalArgumentException("expected a camera or a calibration of it, found both");
    }
    if ((camera != null || calibration != null) && compat == Compat.RTMPOSE3D) {
      throw new IllegalArgumentException(
          "rtmpose3d knows no camera: give either a camera or compat rtmpose3d");
    }
  }

  /** The same for more than a single person. */
  PoseOptions ofEverybody() {
    return new PoseOptions(
        bboxThreshold, nmsIou, maxPersons, /* singlePerson= */ false, camera, calibration, compat);
  }

  private static void requireShare(String what, @Nullable Float found) {
    if (found != null && !(found >= 0 && found <= 1)) {
      throw new IllegalArgumentException("expected %s of 0 to 1, found %s".formatted(what, found));
    }
  }
}
