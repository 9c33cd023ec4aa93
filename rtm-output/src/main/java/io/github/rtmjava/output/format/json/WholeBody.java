package io.github.rtmjava.output.format.json;

import io.github.rtmjava.pose.KeypointSet;

/**
 * Where the parts of a body lie among its keypoints.
 *
 * @param body COCO's 17, or all of a set that is no whole body
 * @param feet three of each side; empty without
 * @param face 68; empty without
 * @param leftHand 21; empty without
 * @param rightHand 21; empty without
 */
record WholeBody(Range body, Range feet, Range face, Range leftHand, Range rightHand) {
  private static final Range NONE = new Range(0, 0);
  private static final WholeBody WHOLE =
      new WholeBody(
          new Range(0, 17),
          new Range(17, 6),
          new Range(23, 68),
          new Range(91, 21),
          new Range(112, 21));

  /**
   * Keypoints that follow each other.
   *
   * @param from index of the first
   * @param size how many there are
   */
  record Range(int from, int size) {}

  /** The parts of a set: it is a whole body if it has the 133 keypoints of COCO-WholeBody. */
  static WholeBody of(KeypointSet set) {
    return set.size() == WHOLE.rightHand.from + WHOLE.rightHand.size
            && set.indexOf("left_hand_root") == WHOLE.leftHand.from
        ? WHOLE
        : new WholeBody(new Range(0, set.size()), NONE, NONE, NONE, NONE);
  }

  boolean whole() {
    return face.size > 0;
  }
}
