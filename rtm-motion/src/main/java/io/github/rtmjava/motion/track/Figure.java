package io.github.rtmjava.motion.track;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.PersonPose;
import java.util.Optional;

/**
 * Somebody as they are compared with others: a proper box and the keypoints that are sure.
 *
 * @param box in pixels
 * @param points [K][2] in pixels
 * @param sure [K]: which of them count
 * @param score how sure it is that this is a person, at least 0
 */
record Figure(Box box, float[][] points, boolean[] sure, double score) {

  /** Fewer sure keypoints say nothing of where somebody is. */
  private static final int ENOUGH = 3;

  /** As near to the border, in pixels, as a detector's box of somebody whom it cuts. */
  private static final float AT_BORDER = 4;

  /** Empty where there is neither a proper box nor a keypoint to make one of. */
  static Optional<Figure> of(PersonPose person, double minKeypointScore) {
    float[][] points = person.keypoints();
    float[] scores = person.scores();
    boolean[] sure = new boolean[scores.length];
    double sum = 0;
    for (int k = 0; k < sure.length; k++) {
      sure[k] =
          scores[k] >= minKeypointScore
              && Float.isFinite(points[k][0])
              && Float.isFinite(points[k][1]);
      sum += sure[k] ? Math.min(1, scores[k]) : 0;
    }
    float boxScore = Float.isFinite(person.bboxScore()) ? person.bboxScore() : 0;
    Figure figure = new Figure(person.bbox(), points, sure, boxScore * sum / sure.length);
    if (figure.box.isProper()) {
      return Optional.of(figure);
    }
    return figure.keypointBox().map(box -> new Figure(box, points, sure, figure.score));
  }

  /** What encloses the sure keypoints; empty where they are few or in one line. */
  Optional<Box> keypointBox() {
    float x1 = Float.POSITIVE_INFINITY;
    float y1 = Float.POSITIVE_INFINITY;
    float x2 = Float.NEGATIVE_INFINITY;
    float y2 = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < sure.length; k++) {
      if (sure[k]) {
        x1 = Math.min(x1, points[k][0]);
        y1 = Math.min(y1, points[k][1]);
        x2 = Math.max(x2, points[k][0]);
        y2 = Math.max(y2, points[k][1]);
      }
    }
    return Optional.of(new Box(x1, y1, x2, y2)).filter(box -> hasKeypoints() && box.isProper());
  }

  /** Whether enough keypoints are sure to compare poses. */
  boolean hasKeypoints() {
    int count = 0;
    for (boolean one : sure) {
      count += one ? 1 : 0;
    }
    return count >= ENOUGH;
  }

  double centreX() {
    return (box.x1() + box.x2()) / 2;
  }

  double centreY() {
    return (box.y1() + box.y2()) / 2;
  }

  /** Whether the picture's border hides a part. */
  boolean isCutBy(Box picture) {
    return box.x1() < picture.x1() + AT_BORDER
        || box.y1() < picture.y1() + AT_BORDER
        || box.x2() > picture.x2() - AT_BORDER
        || box.y2() > picture.y2() - AT_BORDER;
  }

  /** The same, elsewhere. */
  Figure moved(double dx, double dy) {
    float[][] there = new float[points.length][];
    for (int k = 0; k < there.length; k++) {
      there[k] = new float[] {(float) (points[k][0] + dx), (float) (points[k][1] + dy)};
    }
    return new Figure(
        new Box(
            (float) (box.x1() + dx),
            (float) (box.y1() + dy),
            (float) (box.x2() + dx),
            (float) (box.y2() + dy)),
        there,
        sure,
        score);
  }
}
