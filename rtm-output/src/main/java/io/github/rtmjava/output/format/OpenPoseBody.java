package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.KeypointSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which keypoints make those of OpenPose's bodies: one each, or the middle of two where OpenPose
 * has one that a set lacks (the neck of the shoulders, the hip of the hips).
 */
final class OpenPoseBody {
  private static final List<String> COCO_18 =
      List.of(
          "nose",
          "neck",
          "right_shoulder",
          "right_elbow",
          "right_wrist",
          "left_shoulder",
          "left_elbow",
          "left_wrist",
          "right_hip",
          "right_knee",
          "right_ankle",
          "left_hip",
          "left_knee",
          "left_ankle",
          "right_eye",
          "left_eye",
          "right_ear",
          "left_ear");
  private static final List<String> BODY_25 =
      List.of(
          "nose",
          "neck",
          "right_shoulder",
          "right_elbow",
          "right_wrist",
          "left_shoulder",
          "left_elbow",
          "left_wrist",
          "hip",
          "right_hip",
          "right_knee",
          "right_ankle",
          "left_hip",
          "left_knee",
          "left_ankle",
          "right_eye",
          "left_eye",
          "right_ear",
          "left_ear",
          "left_big_toe",
          "left_small_toe",
          "left_heel",
          "right_big_toe",
          "right_small_toe",
          "right_heel");

  private OpenPoseBody() {}

  /**
   * The sources of BODY_25 where the set has feet, otherwise of COCO-18; empty where it has none.
   */
  static int[][] of(KeypointSet set) {
    List<String> names = set.indexOf("left_heel") >= 0 ? BODY_25 : COCO_18;
    return names.stream().map(name -> sources(set, name)).toArray(int[][]::new);
  }

  private static int[] sources(KeypointSet set, String name) {
    int own = set.indexOf(name);
    if (own >= 0) {
      return new int[] {own};
    }
    int[] pair =
        switch (name) {
          case "neck" -> pair(set, "shoulder");
          case "hip" -> pair(set, "hip");
          default -> new int[0];
        };
    return Arrays.stream(pair).allMatch(k -> k >= 0) ? pair : new int[0];
  }

  private static int[] pair(KeypointSet set, String part) {
    return IntStream.of(set.indexOf("left_" + part), set.indexOf("right_" + part)).toArray();
  }
}
