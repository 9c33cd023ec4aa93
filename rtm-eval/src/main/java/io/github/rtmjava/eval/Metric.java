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

  /** Data sets that are judged by AP. */
  private static final Set<String> BY_OKS =
      Set.of("coco", "coco_wholebody", "halpe26", "crowdpose");

  /** What is usual for annotations and predictions such as these. */
  public static Set<Metric> usual(Annotations annotations, List<Prediction> predictions) {
    KeypointSet set = annotations.keypointSet();
    Set<Metric> usual = EnumSet.of(byOks(set) ? AP : PCK);
    if (annotations.have3d() && predictions.stream().anyMatch(p -> p.keypoints3d().length > 0)) {
      usual.add(MPJPE);
    }
    return usual;
  }

  /** The known ones that are, and every other set that comes with sigmas. */
  private static boolean byOks(KeypointSet set) {
    boolean own = KeypointSet.known(set.name(), set.size()).isEmpty();
    return BY_OKS.contains(set.name()) || (own && set.knowsSigmas());
  }

  /** The name as users give it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
