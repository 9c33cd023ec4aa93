package io.github.rtmjava.eval;

/**
 * In what COCO's tools differ between data sets.
 *
 * @param annotatedArea whether OKS is relative to the annotated area; otherwise to 0.53 of the box,
 *     as for CrowdPose
 * @param dropUnscored whether a prediction is left out none of whose keypoints has a score above 0,
 *     as xtcocotools does and pycocotools does not
 * @param declaredKeypoints whether people are left out whose {@code num_keypoints} is 0, as for
 *     CrowdPose, rather than those without annotated keypoints
 */
public record OksRules(boolean annotatedArea, boolean dropUnscored, boolean declaredKeypoints) {
  /** pycocotools. */
  public static final OksRules COCO = new OksRules(true, false, false);

  /** xtcocotools, which mmpose uses, for COCO-WholeBody. */
  public static final OksRules WHOLE_BODY = new OksRules(true, true, false);

  /** xtcocotools' {@code keypoints_crowd}. */
  public static final OksRules CROWD_POSE = new OksRules(false, true, true);

  /** Those with which the annotations' data set is judged. */
  public static OksRules of(Annotations annotations) {
    boolean crowd = annotations.images().stream().anyMatch(image -> image.crowdIndex() != null);
    OksRules rules =
        crowd
            ? CROWD_POSE
            : KeypointRange.isWholeBody(annotations.keypointSet()) ? WHOLE_BODY : COCO;
    return new OksRules(
        rules.annotatedArea && annotations.haveAreas(),
        rules.dropUnscored,
        rules.declaredKeypoints);
  }
}
