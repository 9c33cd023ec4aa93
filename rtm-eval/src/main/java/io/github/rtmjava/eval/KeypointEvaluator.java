package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * PCK, AUC, EPE and NME as mmpose computes them ({@code mmpose/evaluation/functional}), over the
 * annotated keypoints of a range. Hands and faces of whole bodies are normalised by their own boxes
 * and left out where their annotation is not valid.
 */
public final class KeypointEvaluator {
  /** Upstream's threshold of PCK relative to the torso and to boxes of bodies. */
  public static final double BODY_THRESHOLD = 0.05;

  /** Upstream's threshold of PCK relative to boxes of hands. */
  public static final double HAND_THRESHOLD = 0.2;

  private static final double HEAD_THRESHOLD = 0.5;
  private static final int AUC_STEPS = 20;
  private static final double AUC_PIXELS = 30;

  private final KeypointRange range;
  private final KeypointSet set;
  private final double threshold;

  /**
   * Judges a range of keypoints.
   *
   * @param threshold of PCK relative to boxes and torsos, for example {@link #BODY_THRESHOLD}
   */
  public KeypointEvaluator(KeypointRange range, KeypointSet set, double threshold) {
    this.range = range;
    this.set = set;
    this.threshold = threshold;
  }

  /** The threshold with which upstream judges a range. */
  public static double usualThreshold(KeypointRange range) {
    return range.size() == 21 ? HAND_THRESHOLD : BODY_THRESHOLD;
  }

  /** The figures over all people who are annotated in the range; empty where nobody is. */
  public Optional<KeypointAccuracy> evaluate(
      Annotations annotations, List<Prediction> predictions) {
    List<Pairs.Pair> pairs =
        Pairs.of(annotations, predictions).stream().filter(pair -> counts(pair.truth())).toList();
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    int left = set.indexOf("left_shoulder");
    int right = set.indexOf("right_hip");
    boolean torsos = holds(left) && holds(right);
    boolean heads = pairs.stream().allMatch(pair -> pair.truth().headSize() != null);
    Optional<int[]> eyes = eyeCorners();
    return Optional.of(
        new KeypointAccuracy(
            pairs.size(),
            (int) pairs.stream().filter(pair -> pair.guess() != null).count(),
            share(pairs, pair -> longerSide(pair.truth()), threshold),
            torsos ? share(pairs, pair -> torso(pair, left, right), threshold) : null,
            heads
                ? share(
                    pairs, pair -> Objects.requireNonNull(pair.truth().headSize()), HEAD_THRESHOLD)
                : null,
            areaUnderCurve(pairs),
            meanDistance(pairs, pair -> 1),
            eyes.map(
                    corner ->
                        meanDistance(
                            pairs,
                            pair -> distance(pair.truth().keypoints(), corner[0], corner[1])))
                .orElse(null)));
  }

  private boolean counts(Annotation truth) {
    Annotation.Part part = truth.parts().get(range.name());
    return truth.isPerson() && truth.annotated(range) > 0 && (part == null || part.valid());
  }

  private boolean holds(int keypoint) {
    return keypoint >= range.from() && keypoint < range.to();
  }

  /** Indices of the outer corners of the eyes. */
  private Optional<int[]> eyeCorners() {
    if (range.name().equals("face")) {
      return Optional.of(new int[] {range.from() + 36, range.from() + 45});
    }
    return range.name().equals("lapa") ? Optional.of(new int[] {66, 79}) : Optional.empty();
  }

  private double longerSide(Annotation truth) {
    Annotation.Part part = truth.parts().get(range.name());
    double[] box = part == null ? truth.bbox() : part.bbox();
    return Math.max(box[2], box[3]);
  }

  /** Of the annotation; of the prediction where that is less than a pixel, as upstream has it. */
  private static double torso(Pairs.Pair pair, int left, int right) {
    double annotated = distance(pair.truth().keypoints(), left, right);
    Prediction guess = pair.guess();
    return annotated < 1 && guess != null ? distance(guess.keypoints(), left, right) : annotated;
  }

  private static double distance(double[] keypoints, int a, int b) {
    return Math.hypot(
        keypoints[3 * a] - keypoints[3 * b], keypoints[3 * a + 1] - keypoints[3 * b + 1]);
  }

  private double areaUnderCurve(List<Pairs.Pair> pairs) {
    double sum = 0;
    for (int step = 0; step < AUC_STEPS; step++) {
      sum += share(pairs, pair -> AUC_PIXELS, (double) step / AUC_STEPS);
    }
    return sum / AUC_STEPS;
  }

  /** The share of annotated keypoints closer than the threshold, mean over keypoints. */
  private double share(
      List<Pairs.Pair> pairs, ToDoubleFunction<Pairs.Pair> unit, double closerThan) {
    double sum = 0;
    int keypoints = 0;
    for (int k = range.from(); k < range.to(); k++) {
      int all = 0;
      int close = 0;
      for (Pairs.Pair pair : pairs) {
        double one = unit.applyAsDouble(pair);
        if (pair.truth().isAnnotated(k) && one > 0) {
          all++;
          close += distance(pair.truth(), pair.guess(), k) / one < closerThan ? 1 : 0;
        }
      }
      if (all > 0) {
        sum += (double) close / all;
        keypoints++;
      }
    }
    return keypoints == 0 ? 0 : sum / keypoints;
  }

  private double meanDistance(List<Pairs.Pair> pairs, ToDoubleFunction<Pairs.Pair> unit) {
    List<Double> distances = new ArrayList<>();
    for (Pairs.Pair pair : pairs) {
      double one = unit.applyAsDouble(pair);
      for (int k = range.from(); k < range.to(); k++) {
        if (pair.guess() != null && pair.truth().isAnnotated(k) && one > 0) {
          distances.add(distance(pair.truth(), pair.guess(), k) / one);
        }
      }
    }
    return distances.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double distance(Annotation truth, @Nullable Prediction guess, int k) {
    return guess == null
        ? Double.POSITIVE_INFINITY
        : Math.hypot(
            guess.keypoints()[3 * k] - truth.keypoints()[3 * k],
            guess.keypoints()[3 * k + 1] - truth.keypoints()[3 * k + 1]);
  }
}
