package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Frame3d;

/** The frames of 3D keypoints that can be asked for. */
enum FrameFlag {
  CAMERA(Frame3d.CAMERA),
  ROOT_RELATIVE(Frame3d.ROOT_RELATIVE),
  Z_UP(Frame3d.Z_UP),
  Y_UP(Frame3d.Y_UP),
  WORLD(Frame3d.WORLD);

  private final Frame3d frame;

  FrameFlag(Frame3d frame) {
    this.frame = frame;
  }

  Frame3d frame() {
    return frame;
  }

  /** The name as users give it. */
  @Override
  public String toString() {
    return frame.id();
  }
}
