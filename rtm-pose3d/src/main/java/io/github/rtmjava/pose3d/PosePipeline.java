package io.github.rtmjava.pose3d;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from pictures to poses: people are found, chosen, and looked at, in all pictures of a
 * call at once. Owns its models.
 *
 * @param estimator finds keypoints
 * @param detector finds boxes; null where the estimator needs none, or callers give them
 */
record PosePipeline(PoseEstimator estimator, @Nullable PersonDetector detector, PoseOptions options)
    implements AutoCloseable {

  /** Whether people can be found without boxes of the caller's. */
  boolean findsPeople() {
    return detector != null || !estimator.needsBoxes();
  }

  /** Everybody in each of the pictures; {@link #findsPeople()} must hold. */
  List<PoseResult> find(List<Image> images) {
    if (detector == null) {
      return estimate(images, images.stream().map(image -> List.<Detection>of()).toList()).stream()
          .map(this::chosen)
          .toList();
    }
    float recommended = detector.recommendedThreshold();
    return estimate(
        images,
        detector.detect(images).stream()
            .map(found -> PersonSelection.select(found, d -> d, options, recommended))
            .toList());
  }

  /**
   * The people in boxes that the caller knows.
   *
   * @throws IllegalArgumentException if a box is empty or not finite, or the model takes none
   */
  List<PoseResult> find(List<Image> images, List<List<Box>> boxes) {
    if (!estimator.needsBoxes()) {
      throw new IllegalArgumentException(
          "%s finds people by itself: expected no boxes".formatted(estimator.name()));
    }
    for (Box box : boxes.stream().flatMap(List::stream).toList()) {
      if (!box.isProper()) {
        throw new IllegalArgumentException("expected boxes with x1 < x2 and y1 < y2, found " + box);
      }
    }
    return estimate(
        images,
        boxes.stream()
            .map(each -> each.stream().map(box -> new Detection(box, 1, 0)).toList())
            .toList());
  }

  private List<PoseResult> estimate(List<Image> images, List<List<Detection>> people) {
    List<View> views = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      views.add(new View(images.get(i), people.get(i), camera(images.get(i))));
    }
    List<PoseResult> results = estimator.estimate(views);
    return options.compat() == Compat.RTMPOSE3D
        ? results.stream().map(result -> result.in(Frame3d.RTMPOSE3D)).toList()
        : results;
  }

  private @Nullable Camera camera(Image image) {
    return options.compat() == Compat.RTMPOSE3D
        ? Camera.nominal(/* width= */ image.height(), /* height= */ image.width())
        : options.camera();
  }

  /** Those of a result whom the options choose. */
  private PoseResult chosen(PoseResult all) {
    return all.with(
        PersonSelection.select(
            all.persons(),
            person -> new Detection(person.bbox(), person.bboxScore(), 0),
            options,
            /* recommended= */ 0));
  }

  @Override
  public void close() {
    estimator.close();
    if (detector != null) {
      detector.close();
    }
  }
}
