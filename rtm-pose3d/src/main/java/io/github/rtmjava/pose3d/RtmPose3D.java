package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.runtime.Futures;
import java.io.IOException;
import java.util.List;

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
  private final PosePipeline pipeline;

  RtmPose3D(PosePipeline pipeline) {
    this.pipeline = pipeline;
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
   * Makes the models ready for pictures of many people. The first time that a processor meets a
   * model this takes some seconds, in which the fastest ways to compute are measured; later next to
   * nothing. Without it results are as good, and may take longer. To be called before anything else
   * is computed in this process: nothing is measured beside other work.
   */
  public void warmUp() {
    pipeline.warmUp(/* pictures= */ 1);
  }

  /**
   * Finds the people in a picture and their keypoints.
   *
   * @return nobody, if nobody was found; never the whole picture as a person
   * @throws IllegalStateException if this was built without a detector
   */
  public PoseResult predict(Image image) {
    if (!pipeline.findsPeople()) {
      throw new IllegalStateException("there is no detector: give boxes, or build with a detector");
    }
    return Futures.get(pipeline.submit(List.of(image), Deadline.NONE)).get(0);
  }

  /**
   * Finds the keypoints of the people in the given boxes.
   *
   * @param boxes in pixels of the picture; may reach beyond its border
   * @throws IllegalArgumentException if a box is empty or not finite
   */
  public PoseResult predict(Image image, List<Box> boxes) {
    return Futures.get(pipeline.submitBoxes(List.of(image), List.of(boxes), Deadline.NONE)).get(0);
  }

  /** Names and links of the keypoints. */
  public KeypointSet keypointSet() {
    return pipeline.estimator().keypointSet();
  }

  /** Name of the pose model. */
  public String modelName() {
    return pipeline.estimator().name();
  }

  /** What runs the pose model, for people: engine, device, precision, threads. */
  public String description() {
    return pipeline.estimator().description();
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
