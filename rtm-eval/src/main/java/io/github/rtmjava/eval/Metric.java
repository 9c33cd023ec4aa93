package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is computed of predictions. */
public enum Metric {
  /** AP and AR by OKS, see {@link OksEvaluator}. */
  AP,
  /** PCK, AUC, EPE and NME, see {@link KeypointEvaluator}. */
  PCK,
  /** MPJPE, N-MPJPE and PA-MPJPE, see {@link JointEvaluator}. */
  MPJPE;

  /** Data sets that have sigmas and are not judged by AP. */
  private static final Set<String> BY_DISTANCE =
      Set.of("coco_wholebody_hand", "interhand3d", "lapa");

  /** What is usual for annotations and predictions such as these. */
  public static Set<Metric> usual(Annotations annotations, List<Prediction> predictions) {
    KeypointSet set = annotations.keypointSet();
    boolean oks = KeypointSets.hasSigmas(set) && !BY_DISTANCE.contains(set.name());
    Set<Metric> usual = EnumSet.of(oks ? AP : PCK);
    if (annotations.have3d() && predictions.stream().anyMatch(p -> p.keypoints3d().length > 0)) {
      usual.add(MPJPE);
    }
    return usual;
  }

  /** The name as users give it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
