package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.ModelRunner;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Cropper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.InputPacker;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.SimccDecoder;
import io.github.rtmjava.pose.SimccKeypoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the keypoints of people whose boxes are known: each is cropped, all go through the network
 * as one batch. May be used by several threads at once.
 */
final class TopDownEstimator implements AutoCloseable {
  private final ModelRunner runner;
  private final String name;
  private final InputSpec input;
  private final InputPacker packer;
  private final SimccDecoder decoder;
  private final KeypointSet keypointSet;

  private TopDownEstimator(ModelRunner runner, Model model, Codec.Simcc codec) {
    this.runner = runner;
    this.name = model.name();
    this.input = model.spec().input();
    this.packer = new InputPacker(input);
    this.decoder = new SimccDecoder(codec);
    this.keypointSet =
        KeypointSet.of(model.spec().labels().get(0), model.spec().hyper("keypoints"));
  }

  /**
   * Makes an estimator ready.
   *
   * @throws IllegalArgumentException if the model is no top-down pose model
   */
  static TopDownEstimator of(Model model, Engine engine, EngineOptions options) throws IOException {
    if (!(model.spec().codec() instanceof Codec.Simcc codec)) {
      throw new IllegalArgumentException(
          "expected a top-down pose model, for example an RTMPose, found '%s', a %s of task %s"
              .formatted(model.name(), model.spec().architecture(), model.spec().task()));
    }
    return new TopDownEstimator(ModelRunner.of(model, engine, options), model, codec);
  }

  String name() {
    return name;
  }

  String description() {
    return runner.description();
  }

  KeypointSet keypointSet() {
    return keypointSet;
  }

  /**
   * The people in the boxes, in their order; 3D keypoints, where the model has depth, in the
   * camera's frame.
   */
  List<PersonPose> estimate(Image image, List<Detection> people, Camera camera) {
    if (people.isEmpty()) {
      return List.of();
    }
    List<CropGeometry> crops = new ArrayList<>();
    for (Detection person : people) {
      crops.add(CropGeometry.of(person.box(), input.width(), input.height()));
    }
    return runner.run(
        people.size(),
        batch -> {
          try (Cropper cropper = Cropper.of(image)) {
            for (int i = 0; i < crops.size(); i++) {
              cropper.pack(crops.get(i), packer, batch, i);
            }
          }
        },
        outputs ->
            IntStream.range(0, people.size())
                .mapToObj(
                    i -> person(people.get(i), crops.get(i), decoder.decode(outputs, i), camera))
                .toList());
  }

  private static PersonPose person(
      Detection detection, CropGeometry crop, SimccKeypoints found, Camera camera) {
    float[][] keypoints = new float[found.scores().length][];
    float[][] keypoints3d = new float[found.z().length][];
    for (int k = 0; k < keypoints.length; k++) {
      keypoints[k] = new float[] {crop.imageX(found.x()[k]), crop.imageY(found.y()[k])};
    }
    for (int k = 0; k < keypoints3d.length; k++) {
      double depth = found.z()[k] + camera.rootDepth();
      keypoints3d[k] =
          new float[] {
            (float) camera.x(keypoints[k][0], depth),
            (float) camera.y(keypoints[k][1], depth),
            (float) depth
          };
    }
    return new PersonPose(
        detection.box(),
        detection.score(),
        keypoints,
        keypoints3d,
        found.scores(),
        found.visibilities());
  }

  @Override
  public void close() {
    runner.close();
  }
}
