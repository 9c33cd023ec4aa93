package io.github.rtmjava.pose;

import io.github.rtmjava.geometry.Box;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One person, or one pair of hands, in one picture, with K keypoints. Immutable: every array handed
 * in or out is a copy.
 */
public final class PersonPose {
  private final Box bbox;
  private final float bboxScore;
  private final float[][] keypoints;
  private final float[][] keypoints3d;
  private final float[] scores;
  private final float[] visibilities;
  private final @Nullable Hands hands;

  /**
   * A person.
   *
   * @param bbox the box in which the keypoints were looked for, in pixels
   * @param bboxScore the detector's score, 0 to 1
   * @param keypoints [K][2], x and y in pixels of the picture
   * @param keypoints3d [K][3] in the frame of the {@link PoseResult}; [0][] from a model without
   *     depth
   * @param scores [K], see {@link #scores()}
   */
  public PersonPose(
      Box bbox, float bboxScore, float[][] keypoints, float[][] keypoints3d, float[] scores) {
    this(bbox, bboxScore, keypoints, keypoints3d, scores, scores);
  }

  /**
   * A person whose model tells visibility apart from the scores.
   *
   * @param visibilities [K], see {@link #visibilities()}
   */
  public PersonPose(
      Box bbox,
      float bboxScore,
      float[][] keypoints,
      float[][] keypoints3d,
      float[] scores,
      float[] visibilities) {
    this(bbox, bboxScore, keypoints, keypoints3d, scores, visibilities, null);
  }

  /** A pair of hands, by a model that tells which of them there are. */
  public PersonPose(
      Box bbox,
      float bboxScore,
      float[][] keypoints,
      float[][] keypoints3d,
      float[] scores,
      Hands hands) {
    this(bbox, bboxScore, keypoints, keypoints3d, scores, scores, hands);
  }

  private PersonPose(
      Box bbox,
      float bboxScore,
      float[][] keypoints,
      float[][] keypoints3d,
      float[] scores,
      float[] visibilities,
      @Nullable Hands hands) {
    if (keypoints.length != scores.length
        || visibilities.length != scores.length
        || (keypoints3d.length != 0 && keypoints3d.length != scores.length)) {
      throw new IllegalArgumentException(
          "expected as many keypoints as scores, found %d, %d in 3D, %d scores and %d visibilities"
              .formatted(keypoints.length, keypoints3d.length, scores.length, visibilities.length));
    }
    this.bbox = bbox;
    this.bboxScore = bboxScore;
    this.keypoints = copy(keypoints);
    this.keypoints3d = copy(keypoints3d);
    this.scores = scores.clone();
    this.visibilities = visibilities.clone();
    this.hands = hands;
  }

  /** The same person with other 3D keypoints. */
  PersonPose withKeypoints3d(float[][] others) {
    return new PersonPose(bbox, bboxScore, keypoints, others, scores, visibilities, hands);
  }

  /** The box in which the keypoints were looked for, in pixels of the picture. */
  public Box bbox() {
    return bbox;
  }

  /** The detector's score, 0 to 1; 1 for a caller's box. */
  public float bboxScore() {
    return bboxScore;
  }

  /** Number of keypoints. */
  public int size() {
    return scores.length;
  }

  /** [K][2]: x and y in pixels of the picture. */
  public float[][] keypoints() {
    return copy(keypoints);
  }

  /**
   * [K][3]: metres (pixels and metres in {@link io.github.rtmjava.geometry.Frame3d#UVD}), in the
   * frame of the {@link PoseResult}; [0][] from a model without depth.
   */
  public float[][] keypoints3d() {
    return copy(keypoints3d);
  }

  /**
   * [K]: upstream's scores. But for RTMO's they are no probabilities and can exceed 1; at 0 or
   * below nothing was found.
   *
   * <p>From a SimCC model the smaller of the maxima of the raw outputs in x and y. From a model of
   * two hands the maximum of the raw volume over 255, which it was trained to answer at a keypoint,
   * and 0 for every keypoint of a hand that is not there: what mmpose's inferencer and demo print,
   * but that they leave out the division where no maximum exceeds 1.
   *
   * <p>From RTMO the probability that the keypoint is visible.
   */
  public float[] scores() {
    return scores.clone();
  }

  /** [K]: the scores clamped to 0 to 1. */
  public float[] confidences() {
    float[] out = scores.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(1, Math.max(0, out[i]));
    }
    return out;
  }

  /**
   * [K]: upstream's {@code keypoints_visible}. From a model that decodes visibility (RTMW at
   * 384×288) a value of 0 to 1; from every other model the same as {@link #scores()}.
   */
  public float[] visibilities() {
    return visibilities.clone();
  }

  /** Which hands there are; empty unless the model is one of two hands. */
  public Optional<Hands> hands() {
    return Optional.ofNullable(hands);
  }

  /** Whether there are 3D keypoints. */
  public boolean has3d() {
    return keypoints3d.length > 0;
  }

  private static float[][] copy(float[][] rows) {
    float[][] out = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      out[i] = rows[i].clone();
    }
    return out;
  }
}
