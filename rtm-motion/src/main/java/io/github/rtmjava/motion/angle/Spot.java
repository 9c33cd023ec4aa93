package io.github.rtmjava.motion.angle;

import io.github.rtmjava.pose.KeypointSet;
import java.util.List;
import java.util.Optional;

/** A point of the body: a keypoint by one of its names, or the middle of a pair of them. */
enum Spot {
  RIGHT_TOE(List.of("right_big_toe"), List.of()),
  LEFT_TOE(List.of("left_big_toe"), List.of()),
  RIGHT_HEEL(List.of("right_heel"), List.of()),
  LEFT_HEEL(List.of("left_heel"), List.of()),
  RIGHT_ANKLE(List.of("right_ankle"), List.of()),
  LEFT_ANKLE(List.of("left_ankle"), List.of()),
  RIGHT_KNEE(List.of("right_knee"), List.of()),
  LEFT_KNEE(List.of("left_knee"), List.of()),
  RIGHT_HIP(List.of("right_hip"), List.of()),
  LEFT_HIP(List.of("left_hip"), List.of()),
  HIP(List.of("hip"), List.of("right_hip", "left_hip")),
  RIGHT_SHOULDER(List.of("right_shoulder"), List.of()),
  LEFT_SHOULDER(List.of("left_shoulder"), List.of()),
  NECK(List.of("neck"), List.of("right_shoulder", "left_shoulder")),
  NOSE(List.of("nose"), List.of()),
  EARS(List.of(), List.of("right_ear", "left_ear")),
  HEAD(List.of("head", "top_head"), List.of("right_ear", "left_ear")),
  RIGHT_ELBOW(List.of("right_elbow"), List.of()),
  LEFT_ELBOW(List.of("left_elbow"), List.of()),
  RIGHT_WRIST(List.of("right_wrist"), List.of()),
  LEFT_WRIST(List.of("left_wrist"), List.of()),
  RIGHT_INDEX(List.of("right_forefinger1"), List.of()),
  LEFT_INDEX(List.of("left_forefinger1"), List.of());

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> names;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> pair;

  Spot(List<String> names, List<String> pair) {
    this.names = names;
    this.pair = pair;
  }

  /** The one or two keypoints in whose middle it lies; empty where the set lacks them. */
  Optional<int[]> in(KeypointSet set) {
    for (String name : names) {
      int index = set.indexOf(name);
      if (index >= 0) {
        return Optional.of(new int[] {index});
      }
    }
    int[] indices = pair.stream().mapToInt(set::indexOf).filter(i -> i >= 0).toArray();
    return indices.length == 2 ? Optional.of(indices) : Optional.empty();
  }
}
