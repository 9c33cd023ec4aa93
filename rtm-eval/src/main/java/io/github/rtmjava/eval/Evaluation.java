package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All figures that are asked for, as tables. */
public final class Evaluation {
  private final Annotations annotations;
  private final List<Prediction> predictions;
  private final KeypointSet set;

  /**
   * Compares predictions with annotations. Where a model found people, which tells no categories,
   * all annotated categories are one.
   *
   * @param predictions with as many keypoints as the annotations, see {@link Predictions#fitting}
   */
  public Evaluation(Annotations annotations, List<Prediction> predictions) {
    boolean told = predictions.stream().noneMatch(p -> p.categoryId() == Prediction.UNTOLD);
    this.annotations = told ? annotations : annotations.asOneCategory();
    this.predictions = told ? List.copyOf(predictions) : inOne(predictions);
    this.set = annotations.keypointSet();
  }

  private List<Prediction> inOne(List<Prediction> people) {
    long category = annotations.onlyCategory().orElse(Prediction.PERSON);
    return people.stream().map(person -> person.of(person.imageId(), category)).toList();
  }

  /**
   * The tables of the metrics, in their order.
   *
   * @param pckThreshold of PCK; null for {@link KeypointEvaluator#usualThreshold}
   * @throws IllegalArgumentException if a metric cannot be computed from these annotations and
   *     predictions, said in one line
   */
  public List<Figures> tables(Set<Metric> metrics, @Nullable Double pckThreshold) {
    List<Figures> tables = new ArrayList<>();
    if (metrics.contains(Metric.AP)) {
      tables.add(precision());
      tables.addAll(crowds());
    }
    if (metrics.contains(Metric.PCK)) {
      tables.add(keypoints(pckThreshold));
    }
    if (metrics.contains(Metric.MPJPE)) {
      tables.addAll(joints());
    }
    return tables;
  }

  private Figures precision() {
    if (!KeypointSets.hasSigmas(set)) {
      throw new IllegalArgumentException(
          "AP needs the sigma of each keypoint, and nobody tells those of %s (%s keypoints): give"
                  .formatted(set.name(), set.size())
              + " --sigmas, name a known set with --keypoints, or ask for --metric pck");
    }
    OksRules rules = OksRules.of(annotations);
    List<Figures.Row> rows = new ArrayList<>();
    for (KeypointRange range : KeypointRange.of(set)) {
      AveragePrecision found =
          new OksEvaluator(range, KeypointSets.sigmas(set), rules)
              .evaluate(annotations, predictions);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("AP", known(found.ap()));
      values.put("AP50", known(found.ap50()));
      values.put("AP75", known(found.ap75()));
      values.put("APm", known(found.apMedium()));
      values.put("APl", known(found.apLarge()));
      values.put("AR", known(found.ar()));
      values.put("AR50", known(found.ar50()));
      values.put("AR75", known(found.ar75()));
      values.put("ARm", known(found.arMedium()));
      values.put("ARl", known(found.arLarge()));
      rows.add(new Figures.Row(range.name(), values));
    }
    return new Figures(
        "ap",
        rules.annotatedArea()
            ? "AP and AR by OKS"
            : "AP and AR by OKS, relative to 0.53 of each box",
        rows);
  }

  /** COCO's tools say −1 where nobody is to be found. */
  private static double known(double figure) {
    return figure < 0 ? Double.NaN : figure;
  }

  private List<Figures> crowds() {
    if (annotations.images().stream().allMatch(image -> image.crowdIndex() == null)) {
      return List.of();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    KeypointRange all = new KeypointRange(set.name(), 0, set.size());
    OksEvaluator evaluator =
        new OksEvaluator(all, KeypointSets.sigmas(set), OksRules.of(annotations));
    values.put(
        "AP_easy", known(evaluator.evaluate(CrowdBand.EASY.of(annotations), predictions).ap()));
    values.put(
        "AP_medium", known(evaluator.evaluate(CrowdBand.MEDIUM.of(annotations), predictions).ap()));
    values.put(
        "AP_hard", known(evaluator.evaluate(CrowdBand.HARD.of(annotations), predictions).ap()));
    return List.of(
        new Figures("crowd", "AP by crowd index", List.of(new Figures.Row(set.name(), values))));
  }

  private Figures keypoints(@Nullable Double pckThreshold) {
    List<Figures.Row> rows = new ArrayList<>();
    for (KeypointRange range : KeypointRange.of(set)) {
      double threshold =
          pckThreshold == null ? KeypointEvaluator.usualThreshold(range) : pckThreshold;
      new KeypointEvaluator(range, set, threshold)
          .evaluate(annotations, predictions)
          .ifPresent(found -> rows.add(row(range, threshold, found)));
    }
    return new Figures("pck", "PCK, AUC, EPE and NME in the picture", rows);
  }

  private static Figures.Row row(KeypointRange range, double threshold, KeypointAccuracy accuracy) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("people", (double) accuracy.people());
    values.put("found", (double) accuracy.found());
    values.put("threshold", threshold);
    values.put("PCK", accuracy.pck());
    values.put("tPCK", orNan(accuracy.pckTorso()));
    values.put("PCKh", orNan(accuracy.pckHead()));
    values.put("AUC", accuracy.auc());
    values.put("EPE_px", accuracy.epe());
    values.put("NME", orNan(accuracy.nme()));
    return new Figures.Row(range.name(), values);
  }

  private static double orNan(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private List<Figures> joints() {
    if (!annotations.have3d()) {
      throw new IllegalArgumentException(
          "expected annotations with 'keypoints_3d' for MPJPE, found none; see docs/evaluation.md");
    }
    if (predictions.stream().noneMatch(p -> p.keypoints3d().length > 0)) {
      throw new IllegalArgumentException(
          "expected predictions with 3D keypoints for MPJPE, found none; COCO's results have none,"
              + " those of 'rtm infer' with a 3D model do");
    }
    List<Figures> tables = new ArrayList<>();
    if (JointEvaluator.knowsCameras(annotations)) {
      tables.add(
          joints(
              "mpjpe", "3D errors, with the annotated camera and distance of each person", true));
      tables.add(joints("mpjpe_as_predicted", "3D errors, as predicted", false));
    } else {
      tables.add(joints("mpjpe", "3D errors, as predicted", false));
    }
    return tables;
  }

  private Figures joints(String name, String title, boolean trueCamera) {
    List<Figures.Row> rows = new ArrayList<>();
    for (KeypointRange range : KeypointRange.of(set)) {
      new JointEvaluator(range, set, trueCamera)
          .evaluate(annotations, predictions)
          .ifPresent(
              found -> {
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("people", (double) found.people());
                values.put("found", (double) found.found());
                values.put("MPJPE_mm", found.mpjpe());
                values.put("N-MPJPE_mm", found.nMpjpe());
                values.put("PA-MPJPE_mm", found.paMpjpe());
                rows.add(new Figures.Row(range.name(), values));
              });
    }
    return new Figures(name, title, rows);
  }
}
