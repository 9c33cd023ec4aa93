package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.InputCheck;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Cropper;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.FlipTest;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the keypoints of people, or of pairs of hands, whose boxes are known: each is cropped, all
 * go through the network as one batch. May be used by several threads at once.
 */
final class TopDownEstimator implements PoseEstimator {
  private final BatchRunner runner;
  private final int mostAtOnce;
  private final String name;
  private final InputSpec input;
  private final ImageNormalizer normalizer;
  private final CropDecoder decoder;
  private final KeypointSet keypointSet;
  private final @Nullable FlipTest flipTest;

  private TopDownEstimator(
      BatchRunner runner, Model model, CropDecoder decoder, @Nullable FlipTest flipTest) {
    this.runner = runner;
    this.name = model.name();
    this.input = model.spec().input();
    this.normalizer = new ImageNormalizer(input);
    this.decoder = decoder;
    this.keypointSet = model.spec().keypointSet();
    this.flipTest = flipTest;
    this.mostAtOnce = Math.min(decoder.mostAtOnce(), runner.mostImages() / looks(flipTest));
    if (mostAtOnce < 1) {
      throw new IllegalArgumentException(
          "expected batches of at least 2 images for a flip test, found " + runner.mostImages());
    }
  }

  /**
   * Makes an estimator ready.
   *
   * @param flipTest whether each crop is looked at in the mirror too; two dimensions only
   * @throws IllegalArgumentException if the model is no top-down pose model, or a flip test is
   *     asked for and nothing says which of its keypoints change places in the mirror, or there is
   *     no room for two images in a batch
   */
  static TopDownEstimator of(Model model, Runners runners, boolean flipTest) throws IOException {
    CropDecoder decoder = CropDecoder.of(model);
    FlipTest mirrored = flipTest ? new FlipTest(model.spec().keypointSet()) : null;
    try (Closer opened = new Closer()) {
      BatchRunner runner = opened.add(runners.open(model));
      TopDownEstimator made = new TopDownEstimator(runner, model, decoder, mirrored);
      opened.release();
      return made;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public BatchRunner network() {
    return runner;
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

  @Override
  public boolean depth() {
    return decoder.depth();
  }

  @Override
  public Frame3d frame(@Nullable Camera camera) {
    return decoder.frame(camera);
  }

  /** For any number of people, whatever the number of pictures. */
  @Override
  public CompiledModel.Memory memory() {
    return runner.memory();
  }

  @Override
  public void warmUp(int pictures) {
    runner.warmUp(mostAtOnce * looks(flipTest));
  }

  /** Images that the network is shown of each crop. */
  private static int looks(@Nullable FlipTest flipTest) {
    return flipTest == null ? 1 : 2;
  }

  @Override
  public CompletableFuture<List<PoseResult>> submit(List<View> views, Deadline deadline) {
    List<Crop> crops = Crop.of(views, input);
    return Futures.map(
        Futures.inGroups(crops, mostAtOnce, group -> submitGroup(group, deadline)),
        poses -> results(views, poses));
  }

  private List<PoseResult> results(List<View> views, List<PersonPose> poses) {
    List<PoseResult> results = new ArrayList<>();
    int at = 0;
    for (View view : views) {
      int end = at + view.people().size();
      results.add(
          new PoseResult(
              view.picture().width(),
              view.picture().height(),
              name,
              frame(view.camera()),
              keypointSet,
              poses.subList(at, end)));
      at = end;
    }
    return results;
  }

  private CompletableFuture<List<PersonPose>> submitGroup(List<Crop> crops, Deadline deadline) {
    return runner.submit(
        crops.size() * looks(flipTest),
        deadline,
        inputs -> {
          Tensor batch = InputCheck.only(inputs);
          fill(crops, batch);
          if (flipTest != null) {
            FlipTest.mirror(batch);
          }
        },
        outputs -> {
          Map<String, Tensor> read = flipTest == null ? outputs : flipTest.mean(outputs);
          return IntStream.range(0, crops.size())
              .mapToObj(i -> decoder.decode(crops.get(i), read, i))
              .toList();
        });
  }

  /** Crops of one picture follow each other. */
  private void fill(List<Crop> crops, Tensor batch) {
    int i = 0;
    while (i < crops.size()) {
      NativePicture picture = crops.get(i).view().picture();
      try (Cropper cropper = Cropper.of(picture)) {
        for (; i < crops.size() && crops.get(i).view().picture() == picture; i++) {
          cropper.pack(crops.get(i).geometry(), normalizer, batch, i);
        }
      }
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}
