package io.github.rtmjava.pose;

import io.github.rtmjava.geometry.Box;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final @Nullable Integer id;
  private final boolean interpolated;

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
    this(bbox, bboxScore, keypoints, keypoints3d, scores, visibilities, null, null, false);
  }

  /** A pair of hands, by a model that tells which of them there are. */
  public PersonPose(
      Box bbox,
      float bboxScore,
      float[][] keypoints,
      float[][] keypoints3d,
      float[] scores,
      Hands hands) {
    this(bbox, bboxScore, keypoints, keypoints3d, scores, scores, hands, null, false);
  }

  private PersonPose(
      Box bbox,
      float bboxScore,
      float[][] keypoints,
      float[][] keypoints3d,
      float[] scores,
      float[] visibilities,
      @Nullable Hands hands,
      @Nullable Integer id,
      boolean interpolated) {
    if (keypoints.length != scores.length
        || visibilities.length != scores.length
        || (keypoints3d.length != 0 && keypoints3d.length != scores.length)) {
      throw new IllegalArgumentException(
          "expected as many keypoints as scores, found %s, %s in 3D, %s scores and %s visibilities"
              .formatted(keypoints.length, keypoints3d.length, scores.length, visibilities.length));
    }
    this.bbox = bbox;
    this.bboxScore = bboxScore;
    this.keypoints = copy(keypoints);
    this.keypoints3d = copy(keypoints3d);
    this.scores = scores.clone();
    this.visibilities = visibilities.clone();
    this.hands = hands;
    this.id = id;
    this.interpolated = interpolated;
  }

  /** The same person in another box. */
  public PersonPose withBbox(Box other) {
    return new PersonPose(
        other, bboxScore, keypoints, keypoints3d, scores, visibilities, hands, id, interpolated);
  }

  /**
   * The same person with other keypoints.
   *
   * @param others [K][2], x and y in pixels of the picture
   */
  public PersonPose withKeypoints(float[][] others) {
    return new PersonPose(
        bbox, bboxScore, others, keypoints3d, scores, visibilities, hands, id, interpolated);
  }

  /**
   * The same person with other 3D keypoints.
   *
   * @param others [K][3] in the frame of the {@link PoseResult}; [0][] for none
   */
  public PersonPose withKeypoints3d(float[][] others) {
    return new PersonPose(
        bbox, bboxScore, keypoints, others, scores, visibilities, hands, id, interpolated);
  }

  /**
   * The same person with other scores, which are the visibilities too.
   *
   * @param others [K], see {@link #scores()}
   */
  public PersonPose withScores(float[] others) {
    return new PersonPose(
        bbox, bboxScore, keypoints, keypoints3d, others, others, hands, id, interpolated);
  }

  /**
   * The same person recognised over time.
   *
   * @param track see {@link #id()}
   */
  public PersonPose withId(int track) {
    return new PersonPose(
        bbox, bboxScore, keypoints, keypoints3d, scores, visibilities, hands, track, interpolated);
  }

  /** The same person, said to be {@link #interpolated()}. */
  public PersonPose asInterpolated() {
    return new PersonPose(
        bbox, bboxScore, keypoints, keypoints3d, scores, visibilities, hands, id, true);
  }

  /** Who this is among the people of a video, from 1 on; empty where nobody followed them. */
  public OptionalInt id() {
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Whether nobody was found here, and everything is interpolated between the frames before and
   * after.
   */
  public boolean interpolated() {
    return interpolated;
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
   * frame of the {@link PoseResult}. From a model without depth [0][], an array without any
   * keypoint: ask {@link #has3d()} before taking one of them.
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

  /** Who, where and how much, for people; no keypoints. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s in [%.0f, %.0f, %.0f, %.0f], score %.2f, %d keypoints in %s%s",
        id == null ? "person" : "person " + id,
        bbox.x1(),
        bbox.y1(),
        bbox.x2(),
        bbox.y2(),
        bboxScore,
        scores.length,
        has3d() ? "2D and 3D" : "2D",
        interpolated ? ", interpolated" : "");
  }

  private static float[][] copy(float[][] rows) {
    float[][] out = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      out[i] = rows[i].clone();
    }
    return out;
  }
}
