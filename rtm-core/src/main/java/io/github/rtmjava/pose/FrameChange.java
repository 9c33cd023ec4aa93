package io.github.rtmjava.pose;

import io.github.rtmjava.geometry.Frame3d;

/** Changes of frame of 3D keypoints, from the camera's. */
final class FrameChange {
  private FrameChange() {}

  static PersonPose apply(PersonPose person, KeypointSet set, Frame3d to) {
    float[][] xyz = person.keypoints3d();
    if (to == Frame3d.ROOT_RELATIVE) {
      subtractRoot(xyz, set);
    } else {
      for (float[] p : xyz) {
        turn(p, to);
      }
    }
    return person.withKeypoints3d(xyz);
  }

  private static void subtractRoot(float[][] xyz, KeypointSet set) {
    int left = set.indexOf("left_hip");
    int right = set.indexOf("right_hip");
    if (left < 0 || right < 0) {
      throw new IllegalStateException(
          "expected keypoints left_hip and right_hip to make the root of, found the set "
              + set.name());
    }
    if (xyz.length == 0) {
      return;
    }
    float[] root = new float[3];
    for (int axis = 0; axis < 3; axis++) {
      root[axis] = (xyz[left][axis] + xyz[right][axis]) / 2;
    }
    for (float[] p : xyz) {
      for (int axis = 0; axis < 3; axis++) {
        p[axis] -= root[axis];
      }
    }
  }

  private static void turn(float[] p, Frame3d to) {
    float x = p[0];
    float y = p[1];
    float z = p[2];
    switch (to) {
      case Z_UP -> set(p, x, z, -y);
      case Y_UP -> set(p, x, -y, -z);
      case RTMPOSE3D -> set(p, -x, -z, -y);
      case CAMERA, ROOT_RELATIVE, WORLD, UVD -> {}
    }
  }

  private static void set(float[] p, float x, float y, float z) {
    p[0] = x;
    p[1] = y;
    p[2] = z;
  }
}
