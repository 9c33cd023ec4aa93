package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;

/** The drawing's own axes, x right, y up, z towards the viewer, and how frames lie in them. */
final class ViewSpace {
  /**
   * What a side of a network's crop of hands stands for in drawings, metres: as much as InterHand's
   * volumes are deep. Nobody knows what it really is.
   */
  static final double CROP = 0.4;

  private ViewSpace() {}

  /** A point or direction of a frame, seen as the camera sees it. */
  static double[] of(Frame3d frame, double x, double y, double z) {
    return switch (frame) {
      case CAMERA, ROOT_RELATIVE, UVD -> new double[] {x, -y, -z};
      case Z_UP, WORLD -> new double[] {x, z, -y};
      case Y_UP -> new double[] {x, y, z};
      case RTMPOSE3D -> new double[] {-x, z, y};
    };
  }

  /** A person's 3D keypoints in metres. */
  static double[][] points(PersonPose person, Frame3d frame) {
    double unit = frame == Frame3d.UVD ? CROP / CropGeometry.of(person.bbox(), 1, 1).scaleX() : 1;
    float[][] xyz = person.keypoints3d();
    double[][] points = new double[xyz.length][];
    for (int i = 0; i < points.length; i++) {
      points[i] = of(frame, unit * xyz[i][0], unit * xyz[i][1], xyz[i][2]);
    }
    return points;
  }
}
