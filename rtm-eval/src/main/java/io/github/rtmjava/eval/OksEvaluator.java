package io.github.rtmjava.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * AP and AR by OKS over a range of keypoints, as COCO's evaluation computes them: at most 20
 * predictions per picture and category, ten thresholds, precision at 101 recalls.
 */
public final class OksEvaluator {
  static final int THRESHOLDS = 10;
  static final int RECALLS = 101;
  private static final int MOST = 20;
  private static final int AT_50 = 0;
  private static final int AT_75 = 5;

  /** All, medium, large: bounds of areas in square pixels, inclusive. */
  private static final double[][] AREAS = {{0, 1e10}, {32 * 32, 96 * 96}, {96 * 96, 1e10}};

  private static final int ALL = 0;
  private static final int MEDIUM = 1;
  private static final int LARGE = 2;

  private final KeypointRange range;
  private final Oks oks;
  private final OksRules rules;

  /**
   * Judges a range of keypoints.
   *
   * @param sigmas [K] of the whole keypoint set
   */
  public OksEvaluator(KeypointRange range, double[] sigmas, OksRules rules) {
    this.range = range;
    this.oks = new Oks(range, sigmas);
    this.rules = rules;
  }

  /** The figures over all pictures; predictions for other pictures are left out. */
  public AveragePrecision evaluate(Annotations annotations, List<Prediction> predictions) {
    SortedMap<Long, PrecisionRecall[]> byCategory = curves(annotations, predictions);
    return new AveragePrecision(
        mean(byCategory, ALL, true, 0, THRESHOLDS),
        mean(byCategory, ALL, true, AT_50, AT_50 + 1),
        mean(byCategory, ALL, true, AT_75, AT_75 + 1),
        mean(byCategory, MEDIUM, true, 0, THRESHOLDS),
        mean(byCategory, LARGE, true, 0, THRESHOLDS),
        mean(byCategory, ALL, false, 0, THRESHOLDS),
        mean(byCategory, ALL, false, AT_50, AT_50 + 1),
        mean(byCategory, ALL, false, AT_75, AT_75 + 1),
        mean(byCategory, MEDIUM, false, 0, THRESHOLDS),
        mean(byCategory, LARGE, false, 0, THRESHOLDS));
  }

  private static double mean(
      SortedMap<Long, PrecisionRecall[]> byCategory,
      int area,
      boolean precision,
      int from,
      int to) {
    double sum = 0;
    int count = 0;
    for (PrecisionRecall[] areas : byCategory.values()) {
      if (areas[area].people() == 0) {
        continue;
      }
      for (int t = from; t < to; t++) {
        if (precision) {
          for (double value : areas[area].precision(t)) {
            sum += value;
          }
          count += RECALLS;
        } else {
          sum += areas[area].recall(t);
          count++;
        }
      }
    }
    return count == 0 ? -1 : sum / count;
  }

  private SortedMap<Long, PrecisionRecall[]> curves(
      Annotations annotations, List<Prediction> predictions) {
    Map<Key, List<Annotation>> truths = new HashMap<>();
    SortedMap<Long, PrecisionRecall[]> curves = new TreeMap<>();
    for (Annotation person : annotations.people()) {
      truths
          .computeIfAbsent(new Key(person.imageId(), person.categoryId()), key -> new ArrayList<>())
          .add(person);
      curves.computeIfAbsent(
          person.categoryId(),
          id ->
              IntStream.range(0, AREAS.length)
                  .mapToObj(area -> new PrecisionRecall())
                  .toArray(PrecisionRecall[]::new));
    }
    Map<Key, List<Prediction>> guesses = new HashMap<>();
    for (Prediction person : predictions) {
      if (!rules.dropUnscored() || person.anyScore(range)) {
        guesses
            .computeIfAbsent(
                new Key(person.imageId(), person.categoryId()), key -> new ArrayList<>())
            .add(person);
      }
    }
    long[] images = annotations.images().stream().mapToLong(AnnotatedImage::id).sorted().toArray();
    curves.forEach(
        (category, areas) -> {
          for (long image : images) {
            Key key = new Key(image, category);
            judge(truths.getOrDefault(key, List.of()), guesses.getOrDefault(key, List.of()), areas);
          }
        });
    return curves;
  }

  /** One picture. */
  private void judge(List<Annotation> truths, List<Prediction> unranked, PrecisionRecall[] byArea) {
    List<Prediction> guesses =
        unranked.stream()
            .sorted(Comparator.comparingDouble((Prediction p) -> 0 - p.score()))
            .limit(MOST)
            .toList();
    double[][] similarity = new double[guesses.size()][truths.size()];
    for (int g = 0; g < guesses.size(); g++) {
      for (int t = 0; t < truths.size(); t++) {
        Annotation truth = truths.get(t);
        similarity[g][t] =
            oks.similarity(truth, guesses.get(g).keypoints(), truth.area(rules.annotatedArea()));
      }
    }
    for (int area = 0; area < byArea.length; area++) {
      judge(truths, guesses, similarity, AREAS[area], byArea[area]);
    }
  }

  private void judge(
      List<Annotation> truths,
      List<Prediction> guesses,
      double[][] similarity,
      double[] bounds,
      PrecisionRecall into) {
    boolean[] ignored = new boolean[truths.size()];
    for (int t = 0; t < ignored.length; t++) {
      Annotation truth = truths.get(t);
      ignored[t] =
          truth.crowd()
              || keypoints(truth) == 0
              || outside(truth.area(rules.annotatedArea()), bounds);
    }
    int[] order =
        IntStream.concat(
                IntStream.range(0, ignored.length).filter(t -> !ignored[t]),
                IntStream.range(0, ignored.length).filter(t -> ignored[t]))
            .toArray();
    into.expect(order.length - (int) IntStream.of(order).filter(t -> ignored[t]).count());
    int[][] matches = new int[guesses.size()][THRESHOLDS];
    for (int threshold = 0; threshold < THRESHOLDS; threshold++) {
      boolean[] taken = new boolean[truths.size()];
      for (int g = 0; g < guesses.size(); g++) {
        int match = best(similarity[g], order, ignored, taken, truths, threshold(threshold));
        matches[g][threshold] = match;
        if (match >= 0) {
          taken[match] = true;
        }
      }
    }
    for (int g = 0; g < guesses.size(); g++) {
      boolean elsewhere = outside(guesses.get(g).area(), bounds);
      PrecisionRecall.Verdict[] verdicts = new PrecisionRecall.Verdict[THRESHOLDS];
      for (int threshold = 0; threshold < THRESHOLDS; threshold++) {
        int match = matches[g][threshold];
        boolean ignore = match < 0 ? elsewhere : ignored[match];
        verdicts[threshold] =
            ignore
                ? PrecisionRecall.Verdict.IGNORED
                : match < 0 ? PrecisionRecall.Verdict.WRONG : PrecisionRecall.Verdict.RIGHT;
      }
      into.add(guesses.get(g).score(), verdicts);
    }
  }

  /** The most similar person who is free, those that count before those that do not; or −1. */
  private static int best(
      double[] similarity,
      int[] order,
      boolean[] ignored,
      boolean[] taken,
      List<Annotation> truths,
      double threshold) {
    double least = Math.min(threshold, 1 - 1e-10);
    int best = -1;
    for (int t : order) {
      if (taken[t] && !truths.get(t).crowd()) {
        continue;
      }
      if (best >= 0 && !ignored[best] && ignored[t]) {
        break;
      }
      if (similarity[t] >= least) {
        least = similarity[t];
        best = t;
      }
    }
    return best;
  }

  private int keypoints(Annotation truth) {
    Integer declared = truth.declaredKeypoints();
    return rules.declaredKeypoints() && declared != null ? declared : truth.annotated(range);
  }

  private static boolean outside(double area, double[] bounds) {
    return area < bounds[0] || area > bounds[1];
  }

  /** Rounded as the tools that are followed have it. */
  private static double threshold(int index) {
    return index * ((0.95 - 0.5) / (THRESHOLDS - 1)) + 0.5;
  }

  /** One picture and one category. */
  private record Key(long image, long category) {}
}
