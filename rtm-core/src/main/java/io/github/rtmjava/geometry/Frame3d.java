package io.github.rtmjava.geometry;

import java.util.Locale;

/** Coordinate frames of 3D keypoints; all in metres. */
public enum Frame3d {
  /** Origin in the camera; x right, y down, z forward. */
  CAMERA,
  /** CAMERA minus the middle of the person's hips: x right, y down, z forward. */
  ROOT_RELATIVE,
  /** (x, z, −y) of CAMERA: X right, Y away from the camera, Z up. */
  Z_UP,
  /** (x, −y, −z) of CAMERA: X right, Y up, Z towards the camera; OpenSim's and OpenGL's axes. */
  Y_UP,
  /** What the Python package rtmpose3d returns: (−x, −z, −y) with its exchanged picture centre. */
  RTMPOSE3D;

  /** The name in result files: lower case, for example {@code camera}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
