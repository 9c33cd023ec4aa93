package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.motion.calibration.Calibration;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which people are looked at, and how their 3D keypoints are placed: what can be chosen for each
 * picture anew, without compiling anything again.
 *
 * @param bboxThreshold a detector's box needs a score above this; null for what goes with the
 *     model's name, or else for what its detector recommends
 * @param nmsIou a box that overlaps a better one by more than this IoU is left out, after the
 *     detector's own suppression; 1 for none, null for what goes with the model's name, if anything
 * @param maxPersons at most so many, best first
 * @param singlePerson only the person with the largest product of area and score
 * @param camera that took the pictures; null where nobody knows it
 * @param calibration of the camera, whose pictures may have several sizes; null where there is none
 * @param compat whose conventions the 3D keypoints follow
 */
public record PoseOptions(
    @Nullable Float bboxThreshold,
    @Nullable Float nmsIou,
    int maxPersons,
    boolean singlePerson,
    @Nullable Camera camera,
    @Nullable Calibration calibration,
    Compat compat)
    implements Serializable {
  /** The detector's threshold, everybody, the nominal camera. */
  public static final PoseOptions DEFAULT =
      new PoseOptions(null, null, Integer.MAX_VALUE, false, null, null, Compat.NONE);

  public PoseOptions {
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

  /** The same with another threshold. */
  public PoseOptions withBboxThreshold(@Nullable Float threshold) {
    return new PoseOptions(
        threshold, nmsIou, maxPersons, singlePerson, camera, calibration, compat);
  }

  /** The same with another suppression. */
  public PoseOptions withNmsIou(@Nullable Float iou) {
    return new PoseOptions(
        bboxThreshold, iou, maxPersons, singlePerson, camera, calibration, compat);
  }

  /** The same for at most so many people. */
  public PoseOptions withMaxPersons(int most) {
    return new PoseOptions(bboxThreshold, nmsIou, most, singlePerson, camera, calibration, compat);
  }

  /** The same for a single person, or not. */
  public PoseOptions withSinglePerson(boolean single) {
    return new PoseOptions(bboxThreshold, nmsIou, maxPersons, single, camera, calibration, compat);
  }

  /** The same with another camera, in place of a calibration. */
  public PoseOptions withCamera(@Nullable Camera other) {
    return new PoseOptions(bboxThreshold, nmsIou, maxPersons, singlePerson, other, null, compat);
  }

  /** The same with another calibration, in place of a camera. */
  public PoseOptions withCalibration(@Nullable Calibration other) {
    return new PoseOptions(bboxThreshold, nmsIou, maxPersons, singlePerson, null, other, compat);
  }

  /** The same with other conventions. */
  public PoseOptions withCompat(Compat other) {
    return new PoseOptions(
        bboxThreshold, nmsIou, maxPersons, singlePerson, camera, calibration, other);
  }

  /** The same with what goes with a model's name where it leaves that open. */
  PoseOptions orAs(@Nullable Recipe recipe) {
    if (recipe == null) {
      return this;
    }
    PoseOptions known = bboxThreshold == null ? withBboxThreshold(recipe.bboxThreshold()) : this;
    return known.nmsIou == null ? known.withNmsIou(recipe.nmsIou()) : known;
  }

  private static void requireShare(String what, @Nullable Float found) {
    if (found != null && !(found >= 0 && found <= 1)) {
      throw new IllegalArgumentException("expected %s of 0 to 1, found %s".formatted(what, found));
    }
  }
}
