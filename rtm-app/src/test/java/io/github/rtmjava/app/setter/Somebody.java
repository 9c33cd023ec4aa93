package io.github.rtmjava.app.setter;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** People of the 17 keypoints of COCO who stand somewhere in a picture of 640 x 480. */
final class Somebody {
  static final KeypointSet SET = KeypointSet.of("coco", 17);
  static final float SURE = 0.9f;
  static final Camera CAMERA = new Camera(800, 800, 320, 240, 4);

  private Somebody() {}

  /** Sure, 200 pixels tall, with the left edge of the body at x. */
  static PersonPose at(double x) {
    return at(x, SURE, SURE);
  }

  /**
   * Somebody.
   *
   * @param score of the box
   * @param keypointScore of every keypoint
   */
  static PersonPose at(double x, float score, float keypointScore) {
    float[][] points = new float[SET.size()][];
    for (int k = 0; k < points.length; k++) {
      points[k] = new float[] {(float) x + 40 * (k % 2), 150 + 12f * k};
    }
    float[] scores = new float[SET.size()];
    Arrays.fill(scores, keypointScore);
    Box box = new Box((float) x - 20, 130, (float) x + 60, 360);
    return new PersonPose(box, score, points, new float[0][], scores);
  }

  /** Somebody of 1.7 m who stands 4 m away, as an unsteady model sees them. */
  static PersonPose standing(Random random) {
    float[][] points = new float[SET.size()][];
    float[][] space = new float[SET.size()][];
    for (int k = 0; k < points.length; k++) {
      String name = SET.points().get(k).name();
      double x = name.startsWith("left") ? 0.12 : name.startsWith("right") ? -0.12 : 0;
      double y =
          switch (name.substring(name.indexOf('_') + 1)) {
            case "ankle" -> 0.9;
            case "knee" -> 0.45;
            case "hip" -> 0;
            case "wrist" -> 0.05;
            case "elbow" -> -0.2;
            case "shoulder" -> -0.5;
            default -> -0.7;
          };
      space[k] =
          new float[] {
            (float) (x + 0.02 * random.nextGaussian()),
            (float) (y + 0.02 * random.nextGaussian()),
            (float) (4 + 0.02 * random.nextGaussian())
          };
      points[k] =
          new float[] {
            (float) (CAMERA.cx() + CAMERA.fx() * space[k][0] / space[k][2]),
            (float) (CAMERA.cy() + CAMERA.fy() * space[k][1] / space[k][2])
          };
    }
    float[] scores = new float[SET.size()];
    Arrays.fill(scores, SURE);
    return new PersonPose(new Box(280, 80, 360, 440), SURE, points, space, scores);
  }

  static PoseResult found(PersonPose... people) {
    return new PoseResult(640, 480, "made up", Frame3d.CAMERA, SET, List.of(people));
  }
}
