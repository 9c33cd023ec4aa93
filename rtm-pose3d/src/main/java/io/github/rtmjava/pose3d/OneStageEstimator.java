package io.github.rtmjava.pose3d;

import io.github.rtmjava.architectures.rtmo.Rtmo;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.InputCheck;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Cropper;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.rtmo.CandidateDecoder;
import io.github.rtmjava.pose3d.rtmo.CoordinateClassifier;
import io.github.rtmjava.pose3d.rtmo.PoseCandidate;
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
 * Finds everybody's keypoints in whole pictures, without boxes: RTMO. May be used by several
 * threads at once.
 */
final class OneStageEstimator implements PoseEstimator {
  /** Bounds the memory of many pictures. */
  private static final int MOST_AT_ONCE = 16;

  private final BatchRunner runner;
  private final int mostAtOnce;
  private final CoordinateClassifier classifier;
  private final String name;
  private final InputSpec input;
  private final ImageNormalizer normalizer;
  private final CandidateDecoder decoder;
  private final KeypointSet keypointSet;

  private OneStageEstimator(
      BatchRunner runner, CoordinateClassifier classifier, Model model, Codec.Dcc codec) {
    this.runner = runner;
    this.mostAtOnce = Math.min(MOST_AT_ONCE, runner.mostImages());
    this.classifier = classifier;
    this.name = model.name();
    this.input = model.spec().input();
    this.normalizer = new ImageNormalizer(input);
    this.decoder = new CandidateDecoder(codec, input);
    this.keypointSet = model.spec().keypointSet();
  }

  /**
   * Makes an estimator ready.
   *
   * @throws IllegalArgumentException if the model is no one-stage pose model
   */
  static OneStageEstimator of(Model model, Runners runners) throws IOException {
    if (!(model.spec().codec() instanceof Codec.Dcc codec)) {
      throw new IllegalArgumentException(
          "expected a one-stage pose model, for example an RTMO, found '%s', a %s of task %s"
              .formatted(model.name(), model.spec().architecture(), model.spec().task()));
    }
    try (Closer opened = new Closer()) {
      CoordinateClassifier classifier = opened.add(CoordinateClassifier.of(model, codec, runners));
      BatchRunner runner = opened.add(runners.open(model));
      OneStageEstimator made = new OneStageEstimator(runner, classifier, model, codec);
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
  public Map<String, BatchRunner> furtherNetworks() {
    return Map.of(Rtmo.DCC, classifier.network());
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
    return false;
  }

  @Override
  public boolean depth() {
    return false;
  }

  @Override
  public Frame3d frame(@Nullable Camera camera) {
    return Frame3d.CAMERA;
  }

  @Override
  public CompiledModel.Memory memory() {
    return runner.memory().plus(classifier.memory());
  }

  @Override
  public void warmUp(int pictures) {
    runner.warmUp(Math.min(pictures, mostAtOnce));
    classifier.warmUp();
  }

  /**
   * Everybody above the model's own low threshold, best first. The boxes are the network's, clamped
   * to its input, which may reach beyond the picture.
   */
  @Override
  public CompletableFuture<List<PoseResult>> submit(List<View> views, Deadline deadline) {
    List<NativePicture> pictures = views.stream().map(View::picture).toList();
    return Futures.inGroups(pictures, mostAtOnce, group -> submitGroup(group, deadline));
  }

  private CompletableFuture<List<PoseResult>> submitGroup(
      List<NativePicture> pictures, Deadline deadline) {
    List<CropGeometry> places =
        pictures.stream()
            .map(p -> CropGeometry.whole(p.width(), p.height(), input.width(), input.height()))
            .toList();
    CompletableFuture<List<List<PoseCandidate>>> found =
        runner.submit(
            pictures.size(),
            deadline,
            inputs -> fill(pictures, places, InputCheck.only(inputs)),
            outputs ->
                IntStream.range(0, pictures.size())
                    .mapToObj(i -> decoder.decode(outputs, i))
                    .toList());
    return Futures.then(
        found,
        candidates ->
            Futures.map(
                classifier.submit(candidates.stream().flatMap(List::stream).toList(), deadline),
                keypoints -> results(pictures, places, candidates, keypoints)));
  }

  private List<PoseResult> results(
      List<NativePicture> pictures,
      List<CropGeometry> places,
      List<List<PoseCandidate>> candidates,
      List<float[][]> keypoints) {
    List<PoseResult> results = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < pictures.size(); i++) {
      List<PersonPose> persons = new ArrayList<>();
      for (PoseCandidate candidate : candidates.get(i)) {
        persons.add(person(candidate, keypoints.get(next), places.get(i)));
        next++;
      }
      NativePicture picture = pictures.get(i);
      results.add(
          new PoseResult(
              picture.width(), picture.height(), name, Frame3d.CAMERA, keypointSet, persons));
    }
    return results;
  }

  private void fill(List<NativePicture> pictures, List<CropGeometry> places, Tensor batch) {
    for (int i = 0; i < pictures.size(); i++) {
      try (Cropper cropper = Cropper.of(pictures.get(i), Letterbox.GREY)) {
        cropper.pack(places.get(i), normalizer, batch, i);
      }
    }
  }

  private PersonPose person(PoseCandidate candidate, float[][] found, CropGeometry place) {
    float[][] keypoints = new float[found.length][];
    for (int k = 0; k < found.length; k++) {
      keypoints[k] = new float[] {place.imageX(found[k][0]), place.imageY(found[k][1])};
    }
    Box box = candidate.box();
    Box clamped =
        new Box(
            place.imageX(clamp(box.x1(), input.width())),
            place.imageY(clamp(box.y1(), input.height())),
            place.imageX(clamp(box.x2(), input.width())),
            place.imageY(clamp(box.y2(), input.height())));
    return new PersonPose(
        clamped, candidate.score(), keypoints, new float[0][], candidate.visibilities());
  }

  private static float clamp(float value, float max) {
    return Math.min(Math.max(value, 0), max);
  }

  @Override
  public void close() {
    Closer.closeAll(runner, classifier);
  }
}
