package io.github.rtmjava.eval;

/**
 * How the people that a model finds become ranked results; the defaults are those of mmpose's
 * {@code CocoMetric}.
 *
 * @param mode what a person's score is made of
 * @param keypointThreshold keypoints with scores of at most this do not count in {@link
 *     Mode#BBOX_KEYPOINT}
 * @param nms whether a person is dropped that is too similar to one with a better score
 * @param nmsThreshold the OKS above which it is dropped
 * @param inputAspect width over height of the model's input: top-down models widen boxes to it, and
 *     the OKS of the suppression is taken relative to the widened box, as mmpose does
 */
public record ScoringRules(
    Mode mode, double keypointThreshold, boolean nms, double nmsThreshold, double inputAspect) {

  /** mmpose's defaults, for a model's input of 3:4 such as 192×256 or 288×384. */
  public static final ScoringRules DEFAULT =
      new ScoringRules(Mode.BBOX_KEYPOINT, 0.2, true, 0.9, 0.75);

  /** What a person's score is made of. */
  public enum Mode {
    /** The detector's score times the mean of the scores of keypoints above the threshold. */
    BBOX_KEYPOINT,
    /** The detector's score. */
    BBOX,
    /** The mean of all keypoint scores. */
    KEYPOINT
  }

  public ScoringRules {
    if (!Double.isFinite(keypointThreshold) || !(nmsThreshold >= 0) || !(inputAspect > 0)) {
      throw new IllegalArgumentException(
          "expected a finite threshold, an OKS of 0 or more and an aspect above 0, found %s, %s, %s"
              .formatted(keypointThreshold, nmsThreshold, inputAspect));
    }
  }

  /** The same with another mode. */
  public ScoringRules withMode(Mode other) {
    return new ScoringRules(other, keypointThreshold, nms, nmsThreshold, inputAspect);
  }

  /** The same with or without suppression. */
  public ScoringRules withNms(boolean wanted) {
    return new ScoringRules(mode, keypointThreshold, wanted, nmsThreshold, inputAspect);
  }

  double score(double bboxScore, float[] keypointScores) {
    return switch (mode) {
      case BBOX -> bboxScore;
      case KEYPOINT -> mean(keypointScores, Double.NEGATIVE_INFINITY);
      case BBOX_KEYPOINT -> bboxScore * mean(keypointScores, keypointThreshold);
    };
  }

  private static double mean(float[] scores, double above) {
    double sum = 0;
    int count = 0;
    for (float score : scores) {
      if (score > above) {
        sum += score;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
