package io.github.rtmjava.motion.track;

import java.io.Serializable;

/**
 * How people are followed. {@link #DEFAULT} and the {@code with...} methods make others.
 *
 * @param maxAge for how many seconds somebody who is not found is waited for, above 0
 * @param minHits in how many frames somebody must be found before they get an id, from 1 on
 * @param minScore a person with a lower score of their box goes on with an id, but gets no new one;
 *     0 to 1
 * @param minKeypointScore keypoints with a lower score are not compared; who has fewer than three
 *     others gets no new id
 * @param minSimilarity how similar somebody must be to where and how they are expected, 0 to 1
 * @param duplicate who is more similar to somebody else in the frame gets no new id, 0 to 1; half
 *     the way from there to 1 the one with the lower score is left out, even with an id
 */
public record TrackerOptions(
    double maxAge,
    int minHits,
    double minScore,
    double minKeypointScore,
    double minSimilarity,
    double duplicate)
    implements Serializable {
  /** What was best on the project's clips, see {@code docs/tracking.md}. */
  public static final TrackerOptions DEFAULT = new TrackerOptions(3, 1, 0.5, 0.3, 0.15, 0.4);

  public TrackerOptions {
    if (!(maxAge > 0) || !Double.isFinite(maxAge)) {
      throw new IllegalArgumentException(
          "expected a longest absence of more than 0 seconds, found " + maxAge);
    }
    if (minHits < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 frame before somebody gets an id, found " + minHits);
    }
    requireShare("a least score", minScore);
    if (!Double.isFinite(minKeypointScore)) {
      throw new IllegalArgumentException(
          "expected a finite least keypoint score, found " + minKeypointScore);
    }
    requireShare("a least similarity", minSimilarity);
    requireShare("a similarity of duplicates", duplicate);
  }

  public TrackerOptions withMaxAge(double seconds) {
    return new TrackerOptions(
        seconds, minHits, minScore, minKeypointScore, minSimilarity, duplicate);
  }

  public TrackerOptions withMinHits(int frames) {
    return new TrackerOptions(maxAge, frames, minScore, minKeypointScore, minSimilarity, duplicate);
  }

  public TrackerOptions withMinScore(double score) {
    return new TrackerOptions(maxAge, minHits, score, minKeypointScore, minSimilarity, duplicate);
  }

  public TrackerOptions withMinKeypointScore(double score) {
    return new TrackerOptions(maxAge, minHits, minScore, score, minSimilarity, duplicate);
  }

  public TrackerOptions withMinSimilarity(double similarity) {
    return new TrackerOptions(maxAge, minHits, minScore, minKeypointScore, similarity, duplicate);
  }

  public TrackerOptions withDuplicate(double similarity) {
    return new TrackerOptions(
        maxAge, minHits, minScore, minKeypointScore, minSimilarity, similarity);
  }

  private static void requireShare(String what, double found) {
    if (!(found >= 0 && found <= 1)) {
      throw new IllegalArgumentException("expected %s of 0 to 1, found %s".formatted(what, found));
    }
  }
}
