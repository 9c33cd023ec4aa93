package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.ModelRunner;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Cropper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.InputPacker;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.FlipTest;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.SimccDecoder;
import io.github.rtmjava.pose.SimccKeypoints;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keypoints of people whose boxes are known: each is cropped, all go through the network
 * as one batch. May be used by several threads at once.
 */
final class TopDownEstimator implements PoseEstimator {
  /** Bounds the memory of a crowd. */
  private static final int MOST_AT_ONCE = 64;

  private final ModelRunner runner;
  private final String name;
  private final InputSpec input;
  private final InputPacker packer;
  private final SimccDecoder decoder;
  private final KeypointSet keypointSet;
  private final @Nullable FlipTest flipTest;

  private TopDownEstimator(ModelRunner runner, Model model, Codec.Simcc codec, boolean flipTest) {
    this.runner = runner;
    this.name = model.name();
    this.input = model.spec().input();
    this.packer = new InputPacker(input);
    this.decoder = new SimccDecoder(codec);
    this.keypointSet =
        KeypointSet.of(model.spec().labels().get(0), model.spec().hyper("keypoints"));
    this.flipTest = flipTest ? new FlipTest(keypointSet) : null;
  }

  /**
   * Makes an estimator ready.
   *
   * @param flipTest whether each crop is looked at in the mirror too; two dimensions only
   * @throws IllegalArgumentException if the model is no top-down pose model
   */
  static TopDownEstimator of(Model model, Engine engine, EngineOptions options, boolean flipTest)
      throws IOException {
    if (!(model.spec().codec() instanceof Codec.Simcc codec)) {
      throw new IllegalArgumentException(
          "expected a top-down pose model, for example an RTMPose, found '%s', a %s of task %s"
              .formatted(model.name(), model.spec().architecture(), model.spec().task()));
    }
    return new TopDownEstimator(ModelRunner.of(model, engine, options), model, codec, flipTest);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return runner.description();
  }

  @Override
  public KeypointSet keypointSet() {
    return keypointSet;
  }

  @Override
  public boolean needsBoxes() {
    return true;
  }

  /** With 3D keypoints, where the model has depth, in the camera's frame. */
  @Override
  public List<PoseResult> estimate(List<View> views) {
    List<Crop> crops = new ArrayList<>();
    for (View view : views) {
      for (Detection person : view.people()) {
        crops.add(
            new Crop(view, person, CropGeometry.of(person.box(), input.width(), input.height())));
      }
    }
    List<PersonPose> poses = new ArrayList<>();
    for (int from = 0; from < crops.size(); from += MOST_AT_ONCE) {
      poses.addAll(run(crops.subList(from, Math.min(from + MOST_AT_ONCE, crops.size()))));
    }
    List<PoseResult> results = new ArrayList<>();
    int at = 0;
    for (View view : views) {
      int end = at + view.people().size();
      results.add(
          new PoseResult(
              view.image().width(),
              view.image().height(),
              name,
              Frame3d.CAMERA,
              keypointSet,
              poses.subList(at, end)));
      at = end;
    }
    return results;
  }

  private List<PersonPose> run(List<Crop> crops) {
    return runner.run(
        flipTest == null ? crops.size() : 2 * crops.size(),
        batch -> {
          fill(crops, batch);
          if (flipTest != null) {
            FlipTest.mirror(batch);
          }
        },
        outputs -> {
          Map<String, Tensor> read = flipTest == null ? outputs : flipTest.mean(outputs);
          return IntStream.range(0, crops.size())
              .mapToObj(i -> crops.get(i).person(decoder.decode(read, i)))
              .toList();
        });
  }

  /** Crops of one picture follow each other, so that each picture is uploaded once. */
  private void fill(List<Crop> crops, Tensor batch) {
    int i = 0;
    while (i < crops.size()) {
      Image image = crops.get(i).view.image();
      try (Cropper cropper = Cropper.of(image)) {
        for (; i < crops.size() && crops.get(i).view.image() == image; i++) {
          cropper.pack(crops.get(i).geometry, packer, batch, i);
        }
      }
    }
  }

  /** One person in one picture. */
  private record Crop(View view, Detection detection, CropGeometry geometry) {
    PersonPose person(SimccKeypoints found) {
      Camera camera = view.camera();
      float[][] keypoints = new float[found.scores().length][];
      float[][] keypoints3d = new float[found.z().length][];
      for (int k = 0; k < keypoints.length; k++) {
        keypoints[k] = new float[] {geometry.imageX(found.x()[k]), geometry.imageY(found.y()[k])};
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
  }

  @Override
  public void close() {
    runner.close();
  }
}
