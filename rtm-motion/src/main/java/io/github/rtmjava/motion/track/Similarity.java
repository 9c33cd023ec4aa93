package io.github.rtmjava.motion.track;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.KeypointSet;

/**
 * How similar two figures are, 0 to 1: the mean of the IoU of their boxes and of COCO's object
 * keypoint similarity (OKS) of what is sure in both; the IoU alone where that is little.
 */
final class Similarity {
  /**
   * Least spread of a keypoint. COCO's are how far annotators of one picture differ; between two
   * frames hands and feet move by more.
   */
  private static final double LEAST_SIGMA = 0.08;

  /** Fewer keypoints that are sure in both are not compared. */
  private static final int ENOUGH = 3;

  private final double[] variances;

  Similarity(KeypointSet set) {
    variances =
        set.points().stream()
            .mapToDouble(p -> Math.pow(2 * Math.max(LEAST_SIGMA, p.sigma()), 2))
            .toArray();
  }

  /** Of two figures whose places are known. */
  double of(Figure one, Figure other) {
    return of(one, other, 0);
  }

  /**
   * Of two figures.
   *
   * @param deviation standard deviation of the place of one of them, in pixels: the larger, the
   *     less a distance tells them apart, and the less a closeness tells that they are the same
   */
  double of(Figure one, Figure other, double deviation) {
    if (farApart(one.box(), other.box())) {
      return 0;
    }
    double iou = one.box().iou(other.box());
    double oks = keypoints(one, other, deviation);
    return Double.isNaN(oks) ? iou : (iou + oks) / 2;
  }

  /** OKS over the keypoints that are sure in both; NaN where they are few. */
  double keypoints(Figure one, Figure other, double deviation) {
    double area = Math.max(1, (one.box().area() + other.box().area()) / 2);
    double sum = 0;
    int count = 0;
    for (int k = 0; k < variances.length; k++) {
      if (one.sure()[k] && other.sure()[k]) {
        double dx = one.points()[k][0] - other.points()[k][0];
        double dy = one.points()[k][1] - other.points()[k][1];
        double known = area * variances[k];
        double variance = known + deviation * deviation;
        sum += known / variance * Math.exp(-(dx * dx + dy * dy) / (2 * variance));
        count++;
      }
    }
    return count < ENOUGH ? Double.NaN : sum / count;
  }

  /** Whether there is as much room between the boxes as they are large. */
  private static boolean farApart(Box one, Box other) {
    float width = Math.max(one.width(), other.width());
    float height = Math.max(one.height(), other.height());
    return one.x1() > other.x2() + width
        || other.x1() > one.x2() + width
        || one.y1() > other.y2() + height
        || other.y1() > one.y2() + height;
  }
}
