package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.output.format.Depth;
import io.github.rtmjava.pose.PersonPose;
import java.io.IOException;

/** 3D keypoints in metres with Y up: X as the frame's, Z towards the viewer. */
final class Upright {
  private Upright() {}

  /** [K][3]; NaN where nothing was found, which is where the score is 0 or less. */
  static double[][] points(PersonPose person, Frame3d frame) throws IOException {
    float[][] xyz = Depth.require(person).keypoints3d();
    float[] scores = person.scores();
    double[][] out = new double[xyz.length][];
    for (int k = 0; k < out.length; k++) {
      float[] p = xyz[k];
      out[k] =
          scores[k] > 0 && Float.isFinite(p[0] + p[1] + p[2])
              ? of(frame, p[0], p[1], p[2])
              : new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    return out;
  }

  private static double[] of(Frame3d frame, double x, double y, double z) {
    return switch (frame) {
      case CAMERA, ROOT_RELATIVE -> new double[] {x, -y, -z};
      case Y_UP -> new double[] {x, y, z};
      case RTMPOSE3D -> new double[] {-x, z, y};
      case UVD -> throw new IllegalArgumentException("expected metres, found pixels and depth");
      case Z_UP, WORLD -> new double[] {x, z, -y};
    };
  }
}
