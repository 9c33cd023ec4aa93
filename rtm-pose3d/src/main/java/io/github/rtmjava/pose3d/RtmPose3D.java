package io.github.rtmjava.pose3d;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole-body poses in 2D and 3D from pictures: a person detector and a top-down 3D pose model.
 *
 * <pre>{@code
 * try (RtmPose3D model = RtmPose3D.fromPretrained("default")) {
 *   PoseResult result = model.predict(Images.read(Path.of("person.jpg")));
 *   float[][][] xyz = result.keypoints3d(); // [N][133][3]
 * }
 * }</pre>
 *
 * <p>May be used by several threads at once. Owns native memory: close it.
 */
public final class RtmPose3D implements AutoCloseable {
  private final TopDownEstimator estimator;
  private final @Nullable PersonDetector detector;
  private final PoseOptions options;

  RtmPose3D(TopDownEstimator estimator, @Nullable PersonDetector detector, PoseOptions options) {
    this.estimator = estimator;
    this.detector = detector;
    this.options = options;
  }

  /**
   * A pose model with the default person detector and default options.
   *
   * @param reference a model's name, a bundle or a {@code .pth} file; {@code default} for the
   *     embedded model
   * @throws IOException if there is no such model or it cannot be read
   */
  public static RtmPose3D fromPretrained(String reference) throws IOException {
    return builder().model(reference).build();
  }

  /** Everything that can be chosen. */
  public static RtmPose3DBuilder builder() {
    return new RtmPose3DBuilder();
  }

  /**
   * Finds the people in a picture and their keypoints.
   *
   * @return nobody, if nobody was found; never the whole picture as a person
   * @throws IllegalStateException if this was built without a detector
   */
  public PoseResult predict(Image image) {
    if (detector == null) {
      throw new IllegalStateException("there is no detector: give boxes, or build with a detector");
    }
    List<Detection> people =
        PersonSelection.select(detector.detect(image), options, detector.recommendedThreshold());
    return estimate(image, people);
  }

  /**
   * Finds the keypoints of the people in the given boxes.
   *
   * @param boxes in pixels of the picture; may reach beyond its border
   * @throws IllegalArgumentException if a box is empty or not finite
   */
  public PoseResult predict(Image image, List<Box> boxes) {
    for (Box box : boxes) {
      if (!box.isProper()) {
        throw new IllegalArgumentException("expected boxes with x1 < x2 and y1 < y2, found " + box);
      }
    }
    return estimate(image, boxes.stream().map(box -> new Detection(box, 1, 0)).toList());
  }

  /** Names and links of the keypoints. */
  public KeypointSet keypointSet() {
    return estimator.keypointSet();
  }

  /** Name of the pose model. */
  public String modelName() {
    return estimator.name();
  }

  /** What runs the pose model, for people: engine, device, precision, threads. */
  public String description() {
    return estimator.description();
  }

  private PoseResult estimate(Image image, List<Detection> people) {
    Camera camera = camera(image);
    PoseResult result = estimator.estimate(List.of(new View(image, people, camera))).get(0);
    return options.compat() == Compat.RTMPOSE3D ? result.in(Frame3d.RTMPOSE3D) : result;
  }

  private Camera camera(Image image) {
    if (options.camera() != null) {
      return options.camera();
    }
    return options.compat() == Compat.RTMPOSE3D
        ? Camera.nominal(/* width= */ image.height(), /* height= */ image.width())
        : Camera.nominal(image.width(), image.height());
  }

  @Override
  public void close() {
    estimator.close();
    if (detector != null) {
      detector.close();
    }
  }
}
