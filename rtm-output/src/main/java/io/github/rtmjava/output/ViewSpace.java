package io.github.rtmjava.output;

import io.github.rtmjava.geometry.Frame3d;

/** The drawing's own axes, x right, y up, z towards the viewer, and how frames lie in them. */
final class ViewSpace {
  private ViewSpace() {}

  /** A point or direction of a frame, seen as the camera sees it. */
  static double[] of(Frame3d frame, double x, double y, double z) {
    return switch (frame) {
      case CAMERA, ROOT_RELATIVE -> new double[] {x, -y, -z};
      case Z_UP -> new double[] {x, z, -y};
      case Y_UP -> new double[] {x, y, z};
      case RTMPOSE3D -> new double[] {-x, z, y};
    };
  }
}
