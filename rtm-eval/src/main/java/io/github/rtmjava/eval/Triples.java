package io.github.rtmjava.eval;

import java.io.IOException;

/**
 * Keypoints as COCO writes them.
 *
 * @param values [3 K]: x, y and visibility or score of each; cleaned in place
 */
record Triples(double[] values) {
  private boolean hasPlace(int at) {
    return Double.isFinite(values[at]) && Double.isFinite(values[at + 1]);
  }

  private void clear(int at) {
    values[at] = 0;
    values[at + 1] = 0;
    values[at + 2] = 0;
  }

  /**
   * Makes annotated keypoints whose place is no number ones that are not annotated.
   *
   * @return whether there was any that its visibility calls annotated
   */
  boolean dropPlaceless(String who, JsonCursor json) throws IOException {
    boolean any = false;
    for (int at = 0; at < values.length; at += 3) {
      if (!hasPlace(at)) {
        any |= values[at + 2] > 0;
        clear(at);
      } else if (!Double.isFinite(values[at + 2])) {
        throw json.problem(
            "%s: expected a finite visibility of every keypoint (0, 1 or 2), found %s"
                .formatted(who, values[at + 2]));
      }
    }
    return any;
  }

  /** Refuses predicted keypoints that have a score and no place. */
  void requirePlaces(String who, JsonCursor json) throws IOException {
    for (int at = 0; at < values.length; at += 3) {
      double score = values[at + 2];
      if (hasPlace(at) ? !Double.isFinite(score) : score > 0) {
        throw json.problem(
            "%s: expected finite numbers of keypoint %s, found %s, %s with the score %s"
                .formatted(who, at / 3, values[at], values[at + 1], score));
      }
      if (!hasPlace(at)) {
        clear(at);
      }
    }
  }

  /** Whether any keypoint is annotated. */
  boolean any() {
    for (int at = 2; at < values.length; at += 3) {
      if (values[at] > 0) {
        return true;
      }
    }
    return false;
  }

  /** [4]: x, y, width and height of the rectangle around annotated keypoints; 0 without any. */
  double[] around() {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int at = 0; at < values.length; at += 3) {
      if (values[at + 2] > 0) {
        left = Math.min(left, values[at]);
        top = Math.min(top, values[at + 1]);
        right = Math.max(right, values[at]);
        bottom = Math.max(bottom, values[at + 1]);
      }
    }
    return left > right ? new double[4] : new double[] {left, top, right - left, bottom - top};
  }
}
