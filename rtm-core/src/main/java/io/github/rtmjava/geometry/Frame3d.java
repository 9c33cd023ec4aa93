package io.github.rtmjava.geometry;

import java.util.Locale;

/** Coordinate frames of 3D keypoints; in metres but for {@link #UVD}. */
public enum Frame3d {
  /** Origin in the camera; x right, y down, z forward. */
  CAMERA,
  /** CAMERA minus the middle of the person's hips: x right, y down, z forward. */
  ROOT_RELATIVE,
  /** (x, z, −y) of CAMERA: X right, Y away from the camera, Z up. */
  Z_UP,
  /** (x, −y, −z) of CAMERA: X right, Y up, Z towards the camera; OpenSim's and OpenGL's axes. */
  Y_UP,
  /**
   * Made from CAMERA by what is known of the floor: X right as the camera sees it, Y away from it
   * along the floor, Z up against gravity; the origin is on the floor below the camera. Made from a
   * calibration it is the calibration's own frame.
   */
  WORLD,
  /** What the Python package rtmpose3d returns: (−x, −z, −y) with its exchanged picture centre. */
  RTMPOSE3D,
  /**
   * What a model of hands knows without a camera: column and row in pixels of the picture, and
   * depth in metres from the right wrist, or from the left one where there is no right hand;
   * positive is away from the camera.
   */
  UVD;

  /** The name in result files: lower case, for example {@code camera}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
