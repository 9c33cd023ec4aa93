package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keypoints that are judged together.
 *
 * @param name of the part, as the tools of COCO-WholeBody call it: {@code body}, {@code foot},
 *     {@code face}, {@code lefthand}, {@code righthand}, {@code wholebody}; of the keypoint set
 *     where it has no parts
 * @param from index of the first keypoint
 * @param to index after the last keypoint
 */
public record KeypointRange(String name, int from, int to) {
  /** Number of keypoints of COCO, with which COCO-WholeBody and Halpe-26 begin. */
  static final int COCO_BODY = 17;

  static final int WHOLE_BODY = 133;

  private static final int LEFT_HAND = 91;

  private static final List<KeypointRange> WHOLE_BODY_PARTS =
      List.of(
          new KeypointRange("body", 0, COCO_BODY),
          new KeypointRange("foot", COCO_BODY, 23),
          new KeypointRange("face", 23, LEFT_HAND),
          new KeypointRange("lefthand", LEFT_HAND, 112),
          new KeypointRange("righthand", 112, WHOLE_BODY));

  /** InterHand's, whose right hand comes first. */
  private static final List<KeypointRange> HANDS =
      List.of(new KeypointRange("righthand", 0, 21), new KeypointRange("lefthand", 21, 42));

  public KeypointRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "expected a range of keypoints, found %s %s to %s".formatted(name, from, to));
    }
  }

  /**
   * The parts of COCO-WholeBody and then the whole; the hands of InterHand; the whole alone of
   * every other set.
   */
  public static List<KeypointRange> of(KeypointSet set) {
    if (set.name().equals("interhand3d") && set.size() == 42) {
      return HANDS;
    }
    if (!isWholeBody(set)) {
      return List.of(new KeypointRange(set.name(), 0, set.size()));
    }
    return Stream.concat(
            WHOLE_BODY_PARTS.stream(), Stream.of(new KeypointRange("wholebody", 0, WHOLE_BODY)))
        .toList();
  }

  /** The parts of COCO-WholeBody in the order of its keypoints. */
  static List<KeypointRange> wholeBodyParts() {
    return WHOLE_BODY_PARTS;
  }

  static boolean isWholeBody(KeypointSet set) {
    return set.size() == WHOLE_BODY && set.indexOf("left_hand_root") == LEFT_HAND;
  }

  /** Number of keypoints. */
  public int size() {
    return to - from;
  }
}
