package io.github.rtmjava.pose3d;

/** Whose conventions results follow. */
public enum Compat {
  /** This project's: frames and cameras as documented. */
  NONE,
  /**
   * Those of the Python package rtmpose3d, its slips included: the principal point is (height / 2,
   * width / 2), exchanged, and axes are (−x, −z, −y) of the camera's, camera depth included.
   */
  RTMPOSE3D
}
