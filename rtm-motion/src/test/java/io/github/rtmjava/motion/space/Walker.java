package io.github.rtmjava.motion.space;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.util.Arrays;
import java.util.List;

/** Somebody of 1.80 m, made of straight lines, with the proportions that heights are judged by. */
final class Walker {
  static final double HEIGHT = 1.8;
  static final Camera CAMERA = new Camera(800, 820, 310, 250, 5);
  static final KeypointSet SET = KeypointSet.of("halpe26", 26);

  private Walker() {}

  /** Upright on the floor at (x, y) of the world, looking along it. */
  static float[][] world(double x, double y) {
    float[][] p = new float[SET.size()][];
    for (int i = 0; i < p.length; i++) {
      String name = SET.points().get(i).name();
      double side = name.startsWith("left") ? -0.1 : name.startsWith("right") ? 0.1 : 0;
      double up =
          switch (name.substring(name.indexOf('_') + 1)) {
            case "ankle" -> 0.039;
            case "knee" -> 0.285;
            case "hip" -> 0.53;
            case "shoulder", "neck" -> 0.818;
            case "elbow" -> 0.63;
            case "wrist" -> 0.485;
            case "head" -> 1;
            case "heel", "big_toe", "small_toe" -> 0;
            default -> 0.936;
          };
      double forward = name.endsWith("toe") ? 0.15 : name.equals("nose") ? 0.08 : 0;
      boolean head = name.endsWith("eye") || name.endsWith("ear");
      p[i] =
          new float[] {
            (float) (x + (head ? side / 3 : side)), (float) (y + forward), (float) (up * HEIGHT)
          };
    }
    return p;
  }

  /** The same as a camera sees it. */
  static PersonPose seen(float[][] world, WorldPose camera) {
    WorldPose origin = WorldPose.above(camera.up(), camera.height());
    float[][] xyz = new float[world.length][];
    float[][] xy = new float[world.length][];
    float[] o = origin.apply(new float[3]);
    float[][] axes = {
      minus(origin.apply(new float[] {1, 0, 0}), o),
      minus(origin.apply(new float[] {0, 1, 0}), o),
      minus(origin.apply(new float[] {0, 0, 1}), o)
    };
    for (int i = 0; i < world.length; i++) {
      xyz[i] = new float[3];
      for (int axis = 0; axis < 3; axis++) {
        for (int j = 0; j < 3; j++) {
          xyz[i][axis] += axes[axis][j] * (world[i][j] - o[j]);
        }
      }
      xy[i] =
          new float[] {
            (float) (CAMERA.fx() * xyz[i][0] / xyz[i][2] + CAMERA.cx()),
            (float) (CAMERA.fy() * xyz[i][1] / xyz[i][2] + CAMERA.cy())
          };
    }
    float[] scores = new float[world.length];
    Arrays.fill(scores, 1);
    return new PersonPose(new Box(0, 0, 640, 480), 1, xy, xyz, scores);
  }

  static PoseFrame frame(long index, PersonPose... people) {
    return new PoseFrame(
        index,
        index / 25.0,
        new PoseResult(640, 480, "made-up", Frame3d.CAMERA, SET, List.of(people)));
  }

  private static float[] minus(float[] a, float[] b) {
    return new float[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }
}
