package io.github.rtmjava.motion.space;

import io.github.rtmjava.pose.KeypointSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a set has the keypoints that tell how somebody stands; pairs are left and right.
 *
 * @param top the eyes, or the top of the head alone
 * @param soles keypoints on the floor when standing: heels and toes; none in sets without feet
 */
record Landmarks(int[] shoulders, int[] hips, int[] knees, int[] ankles, int[] top, int[] soles) {

  /** Those of a set of the whole body; empty for others. */
  static Optional<Landmarks> of(KeypointSet set) {
    int[] eyes = indices(set, "left_eye", "right_eye");
    int[] head = indices(set, "top_head");
    Landmarks found =
        new Landmarks(
            indices(set, "left_shoulder", "right_shoulder"),
            indices(set, "left_hip", "right_hip"),
            indices(set, "left_knee", "right_knee"),
            indices(set, "left_ankle", "right_ankle"),
            eyes.length == 2 ? eyes : head,
            indices(
                set,
                "left_heel",
                "right_heel",
                "left_big_toe",
                "right_big_toe",
                "left_small_toe",
                "right_small_toe"));
    boolean whole =
        IntStream.of(
                found.shoulders.length, found.hips.length, found.knees.length, found.ankles.length)
            .allMatch(n -> n == 2);
    return whole && found.top.length > 0 ? Optional.of(found) : Optional.empty();
  }

  private static int[] indices(KeypointSet set, String... names) {
    return IntStream.range(0, names.length)
        .map(i -> set.indexOf(names[i]))
        .filter(i -> i >= 0)
        .toArray();
  }

  /** The middle of some keypoints. */
  static double[] middle(float[][] xyz, int[] indices) {
    double[] sum = new double[3];
    for (int index : indices) {
      sum = Vec.plus(sum, 1.0 / indices.length, Vec.of(xyz[index]));
    }
    return sum;
  }

  /** Whether all of some keypoints have at least a score. */
  static boolean seen(float[] scores, float minScore, int[]... groups) {
    for (int[] group : groups) {
      for (int index : group) {
        if (!(scores[index] >= minScore)) {
          return false;
        }
      }
    }
    return true;
  }
}
