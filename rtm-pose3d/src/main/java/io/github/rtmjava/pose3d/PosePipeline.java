package io.github.rtmjava.pose3d;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.motion.calibration.Calibration;
import io.github.rtmjava.motion.calibration.CalibrationException;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way from pictures to poses: people are found, chosen, and looked at, in all pictures of a
 * call at once. Owns its models.
 *
 * @param estimator finds keypoints
 * @param detector finds boxes; null where the estimator needs none, or callers give them
 * @param recipe what goes with the model's name where the options leave it open; null for nothing
 */
record PosePipeline(
    PoseEstimator estimator,
    @Nullable PersonDetector detector,
    PoseOptions options,
    @Nullable Recipe recipe)
    implements AutoCloseable {

  /** Where nothing is known of the model's name. */
  PosePipeline(PoseEstimator estimator, @Nullable PersonDetector detector, PoseOptions options) {
    this(estimator, detector, options, null);
  }

  PosePipeline {
    options = options.orAs(recipe);
  }

  /**
   * The same models with other options; not to be closed.
   *
   * @throws IllegalArgumentException if the model has no 3D keypoints of people, and others'
   *     conventions for them are asked for
   */
  PosePipeline with(PoseOptions other) {
    if (other.compat() != Compat.NONE
        && !(estimator.depth() && estimator.frame(null) == Frame3d.CAMERA)) {
      throw new IllegalArgumentException(
          "expected a 3D pose model of people for compat %s, found %s"
              .formatted(other.compat(), estimator.name()));
    }
    return new PosePipeline(estimator, detector, other, recipe);
  }

  /** Whether people can be found without boxes of the caller's. */
  boolean findsPeople() {
    return detector != null || !estimator.needsBoxes();
  }

  /** Makes both models ready for so many pictures at a time, and any number of people in them. */
  void warmUp(int pictures) {
    if (detector != null) {
      detector.warmUp(pictures);
    }
    estimator.warmUp(pictures);
  }

  /** Native memory of all networks, see {@link CompiledModel#memory()}. */
  CompiledModel.Memory memory() {
    return detector == null ? estimator.memory() : estimator.memory().plus(detector.memory());
  }

  /**
   * Everybody in each of the pictures; {@link #findsPeople()} must hold.
   *
   * @param deadline until when the networks have to have begun with each of them
   */
  CompletableFuture<List<PoseResult>> submit(List<Image> images, Deadline deadline) {
    return NativePicture.lend(images, pictures -> find(pictures, deadline));
  }

  /** Everybody in each of the pictures; {@link #findsPeople()} must hold. */
  List<PoseResult> find(List<NativePicture> pictures) {
    return Futures.get(find(pictures, Deadline.NONE));
  }

  private CompletableFuture<List<PoseResult>> find(
      List<NativePicture> pictures, Deadline deadline) {
    if (detector == null) {
      return Futures.map(
          estimate(pictures, pictures.stream().map(p -> List.<Detection>of()).toList(), deadline),
          found -> found.stream().map(this::chosen).toList());
    }
    return Futures.then(detect(pictures, deadline), people -> estimate(pictures, people, deadline));
  }

  /** The boxes of the people in each of the pictures; only with a detector. */
  List<List<Detection>> detect(List<NativePicture> pictures) {
    return Futures.get(detect(pictures, Deadline.NONE));
  }

  private CompletableFuture<List<List<Detection>>> detect(
      List<NativePicture> pictures, Deadline deadline) {
    PersonDetector finder = Objects.requireNonNull(detector);
    float recommended = finder.recommendedThreshold();
    return Futures.map(
        finder.find(pictures, deadline),
        all ->
            all.stream()
                .map(found -> PersonSelection.select(found, d -> d, options, recommended))
                .toList());
  }

  /**
   * The people in boxes that the caller knows.
   *
   * @throws IllegalArgumentException if a box is empty or not finite, or the model takes none
   */
  CompletableFuture<List<PoseResult>> submitBoxes(
      List<Image> images, List<List<Box>> boxes, Deadline deadline) {
    if (!estimator.needsBoxes()) {
      throw new IllegalArgumentException(
          "%s finds people by itself: expected no boxes".formatted(estimator.name()));
    }
    return submit(images, boxes.stream().map(this::given).toList(), deadline);
  }

  /**
   * Boxes that the caller knows.
   *
   * @throws IllegalArgumentException if one is empty or not finite
   */
  List<Detection> given(List<Box> boxes) {
    for (Box box : boxes) {
      if (!box.isProper()) {
        throw new IllegalArgumentException("expected boxes with x1 < x2 and y1 < y2, found " + box);
      }
    }
    return boxes.stream().map(box -> new Detection(box, 1, 0)).toList();
  }

  /** The result of a picture in which nobody is. */
  PoseResult nobody(Image image) {
    return new PoseResult(
        image.width(),
        image.height(),
        estimator.name(),
        frame(image.width(), image.height()),
        estimator.keypointSet(),
        List.of());
  }

  /** What results of pictures of that size have in common. */
  Recording recording(String source, int width, int height, double frameRate, long frames) {
    Camera known = camera(width, height);
    Frame3d frame = frame(width, height);
    boolean assumed = known == null && frame != Frame3d.UVD;
    return new Recording(
        source,
        width,
        height,
        frameRate,
        frames,
        estimator.name(),
        frame,
        estimator.keypointSet(),
        !estimator.depth() ? null : assumed ? Camera.nominal(width, height) : known);
  }

  /** What results have in common whatever the size: that of the calibration, if there is one. */
  Recording typicalRecording() {
    Calibration calibration = options.calibration();
    return calibration == null
        ? recording("", 1, 1, 0, 0)
        : recording("", calibration.width(), calibration.height(), 0, 0);
  }

  private Frame3d frame(int width, int height) {
    return options.compat() == Compat.RTMPOSE3D
        ? Frame3d.RTMPOSE3D
        : estimator.frame(camera(width, height));
  }

  /** The people in boxes that were detected. */
  List<PoseResult> estimate(List<NativePicture> pictures, List<List<Detection>> people) {
    return Futures.get(estimate(pictures, people, Deadline.NONE));
  }

  /** The people in boxes that were detected. */
  CompletableFuture<List<PoseResult>> submit(
      List<Image> images, List<List<Detection>> people, Deadline deadline) {
    return NativePicture.lend(images, pictures -> estimate(pictures, people, deadline));
  }

  private CompletableFuture<List<PoseResult>> estimate(
      List<NativePicture> pictures, List<List<Detection>> people, Deadline deadline) {
    List<View> views = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      NativePicture picture = pictures.get(i);
      views.add(new View(picture, people.get(i), camera(picture.width(), picture.height())));
    }
    return Futures.map(estimator.submit(views, deadline), this::placed);
  }

  /** With 3D keypoints as the options say. */
  private List<PoseResult> placed(List<PoseResult> results) {
    Calibration calibration = options.calibration();
    if (calibration != null && calibration.isDistorted()) {
      return results.stream().map(result -> straightened(result, calibration)).toList();
    }
    return options.compat() == Compat.RTMPOSE3D
        ? results.stream().map(result -> result.in(Frame3d.RTMPOSE3D)).toList()
        : results;
  }

  /** 3D keypoints where a camera without distortion would have placed them; 2D ones as seen. */
  private static PoseResult straightened(PoseResult result, Calibration calibration) {
    if (result.frame() != Frame3d.CAMERA) {
      return result;
    }
    try {
      Camera camera = calibration.camera(result.width(), result.height());
      List<PersonPose> straight = calibration.undistort(result).persons();
      List<PersonPose> placed = new ArrayList<>();
      for (int i = 0; i < straight.size(); i++) {
        float[][] seen = straight.get(i).keypoints();
        float[][] xyz = straight.get(i).keypoints3d();
        for (int k = 0; k < xyz.length; k++) {
          xyz[k] = camera.place(seen[k][0], seen[k][1], xyz[k][2]);
        }
        placed.add(result.persons().get(i).withKeypoints3d(xyz));
      }
      return result.with(placed);
    } catch (CalibrationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private @Nullable Camera camera(int width, int height) {
    Calibration calibration = options.calibration();
    if (calibration != null) {
      try {
        return calibration.camera(width, height);
      } catch (CalibrationException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    return options.compat() == Compat.RTMPOSE3D
        ? Camera.nominal(/* width= */ height, /* height= */ width)
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
    Closer.closeAll(estimator, detector);
  }
}
