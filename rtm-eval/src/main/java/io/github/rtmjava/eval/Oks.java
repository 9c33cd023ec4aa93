package io.github.rtmjava.eval;

/**
 * COCO's object keypoint similarity: the mean over keypoints of exp(−d² / (2 · area · (2σ)²)), with
 * d the distance in pixels and σ the spread of annotators at that keypoint.
 */
final class Oks {
  /** The distance from 1 to the next double, which COCO's tools add to areas. */
  private static final double TINY = Math.ulp(1.0);

  private final KeypointRange range;
  private final double[] variances;

  /**
   * Judges a range of keypoints.
   *
   * @param sigmas [K] of the whole keypoint set
   */
  Oks(KeypointRange range, double[] sigmas) {
    this.range = range;
    variances = new double[range.size()];
    for (int k = 0; k < variances.length; k++) {
      double twice = sigmas[range.from() + k] * 2;
      variances[k] = twice * twice;
    }
  }

  /**
   * Similarity of a prediction to an annotated person, over annotated keypoints. Where nothing is
   * annotated, to the nearest place in the box of twice the size on each side.
   */
  double similarity(Annotation truth, double[] predicted, double area) {
    if (truth.annotated(range) == 0) {
      return toBox(truth.bbox(), predicted, area);
    }
    double[] annotated = truth.keypoints();
    double sum = 0;
    int count = 0;
    for (int k = 0; k < variances.length; k++) {
      int at = 3 * (range.from() + k);
      if (annotated[at + 2] > 0) {
        sum += term(predicted[at] - annotated[at], predicted[at + 1] - annotated[at + 1], k, area);
        count++;
      }
    }
    return sum / count;
  }

  /** Similarity of two predictions, over all keypoints. */
  double similarity(double[] one, double[] other, double area) {
    double sum = 0;
    for (int k = 0; k < variances.length; k++) {
      int at = 3 * (range.from() + k);
      sum += term(other[at] - one[at], other[at + 1] - one[at + 1], k, area);
    }
    return sum / variances.length;
  }

  private double toBox(double[] bbox, double[] predicted, double area) {
    double sum = 0;
    for (int k = 0; k < variances.length; k++) {
      int at = 3 * (range.from() + k);
      sum +=
          term(
              outside(predicted[at], bbox[0] - bbox[2], bbox[0] + bbox[2] * 2),
              outside(predicted[at + 1], bbox[1] - bbox[3], bbox[1] + bbox[3] * 2),
              k,
              area);
    }
    return sum / variances.length;
  }

  private static double outside(double value, double low, double high) {
    return Math.max(0, low - value) + Math.max(0, value - high);
  }

  private double term(double dx, double dy, int k, double area) {
    return Math.exp(-((dx * dx + dy * dy) / variances[k] / (area + TINY) / 2));
  }
}
