package io.github.rtmjava.output.format.mocap;

import org.jspecify.annotations.Nullable;

/**
 * A bone of a {@link Rig}, which turns about the point where it begins: the end of its parent.
 *
 * @param name unique in its rig
 * @param parent index of its parent; -1 for the root
 * @param line along which it lies
 * @param across a second line that fixes its turn about the first; null where that is undefined
 * @param joint whether it has no length of its own, so that its children begin where it does
 */
record Bone(String name, int parent, Line line, @Nullable Line across, boolean joint) {
  /**
   * A direction in a body.
   *
   * @param from the keypoints whose middle is its start
   * @param to the keypoints whose middle is its end
   * @param rest its direction at rest: Y up, Z to the front, X to the person's left
   */
  record Line(int[] from, int[] to, double[] rest) {
    /** From start to end; NaN where a keypoint is missing. */
    double[] in(double[][] points) {
      double[] start = middle(from, points);
      double[] end = middle(to, points);
      return new double[] {end[0] - start[0], end[1] - start[1], end[2] - start[2]};
    }
  }

  /** The middle of some keypoints. */
  static double[] middle(int[] indices, double[][] points) {
    double[] out = new double[3];
    for (int index : indices) {
      for (int axis = 0; axis < 3; axis++) {
        out[axis] += points[index][axis] / indices.length;
      }
    }
    return out;
  }
}
