package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.KeypointSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which keypoints make those of OpenPose's bodies: one each, or the middle of two where OpenPose
 * has one that a set lacks (the neck of the shoulders, the hip of the hips).
 */
public final class OpenPoseBody {
  /** The names of COCO-18 in OpenPose's order; {@code neck} is made of the shoulders. */
  public static final List<String> COCO_18 =
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

  private static final List<String> FEET =
      List.of(
          "left_big_toe",
          "left_small_toe",
          "left_heel",
          "right_big_toe",
          "right_small_toe",
          "right_heel");

  /** COCO-18 with a middle of the hips before them, and feet. */
  private static final List<String> BODY_25 =
      Stream.of(
              COCO_18.subList(0, COCO_18.indexOf("right_hip")),
              List.of("hip"),
              COCO_18.subList(COCO_18.indexOf("right_hip"), COCO_18.size()),
              FEET)
          .flatMap(List::stream)
          .toList();

  private OpenPoseBody() {}

  /**
   * The sources of BODY_25 where the set has feet, otherwise of COCO-18; empty where it has none.
   */
  public static int[][] of(KeypointSet set) {
    List<String> names = set.indexOf("left_heel") >= 0 ? BODY_25 : COCO_18;
    return names.stream().map(name -> sources(set, name)).toArray(int[][]::new);
  }

  /**
   * The keypoints whose middle is one of OpenPose's.
   *
   * @return their indices; empty where the set lacks one
   */
  public static int[] sources(KeypointSet set, String name) {
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
