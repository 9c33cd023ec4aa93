package io.github.rtmjava.app;

import io.github.rtmjava.eval.AnnotatedImage;
import io.github.rtmjava.eval.Annotations;
import io.github.rtmjava.eval.GivenBox;
import io.github.rtmjava.eval.Prediction;
import io.github.rtmjava.eval.Predictions;
import io.github.rtmjava.eval.ScoringRules;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Runs models on annotated pictures, whatever becomes of each. */
final class EvalRun {
  private final PoseInferencer model;
  private final Annotations annotations;
  private final EvalBoxes boxes;
  private final ScoringRules rules;
  private final List<Prediction> predictions = new ArrayList<>();

  EvalRun(PoseInferencer model, Annotations annotations, EvalBoxes boxes, ScoringRules rules) {
    this.model = model;
    this.annotations = annotations;
    this.boxes = boxes;
    this.rules = rules;
  }

  /**
   * Whether all pictures could be done.
   *
   * @throws IOException if the model's keypoints cannot be compared with the annotations
   */
  boolean over(Path folder, Console console) throws IOException {
    Predictions.requireFit(
        "the model " + model.modelName(), model.keypointSet().size(), annotations);
    if (boxes.areGiven() && model.findsPeople()) {
      throw new IOException(
          "the model %s finds people by itself: leave --bbox-from out"
              .formatted(model.modelName()));
    }
    List<AnnotatedImage> images =
        annotations.images().stream()
            .filter(image -> !boxes.areGiven() || !boxes.in(image).isEmpty())
            .toList();
    List<Picture> pictures = new ArrayList<>();
    for (Path file : new PictureFolder(folder, annotations.images()).files(images)) {
      pictures.add(Picture.of(file));
    }
    if (pictures.size() > 1) {
      model.warmUp();
    }
    try (Progress progress = new Progress(console)) {
      if (pictures.size() > 1) {
        progress.begin("pictures", pictures.size(), Progress.Unit.PICTURES);
      }
      return boxes.areGiven()
          ? inBoxes(images, pictures, progress)
          : detected(images, pictures, progress);
    }
  }

  private boolean detected(List<AnnotatedImage> images, List<Picture> pictures, Progress progress) {
    boolean allDone = true;
    Iterator<AnnotatedImage> next = images.iterator();
    try (Stream<Inference> results = model.infer(pictures.stream())) {
      for (Inference result : (Iterable<Inference>) results::iterator) {
        AnnotatedImage image = next.next();
        if (result instanceof Inference.Found found) {
          keep(found.result(), image, List.of());
        } else if (result instanceof Inference.Failed failed) {
          progress.problem(failed.picture(), failed.problem());
          allDone = false;
        }
        progress.step();
      }
    }
    return allDone;
  }

  private boolean inBoxes(List<AnnotatedImage> images, List<Picture> pictures, Progress progress) {
    boolean allDone = true;
    for (int i = 0; i < images.size(); i++) {
      Picture picture = pictures.get(i);
      if (i + 1 < images.size()) {
        pictures.set(i + 1, pictures.get(i + 1).readAhead());
      }
      List<GivenBox> given = boxes.in(images.get(i));
      try {
        keep(
            model.predict(picture.read(), given.stream().map(GivenBox::box).toList()),
            images.get(i),
            given);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        progress.problem(picture, e);
        allDone = false;
      }
      progress.step();
    }
    return allDone;
  }

  private void keep(PoseResult result, AnnotatedImage image, List<GivenBox> given) {
    predictions.addAll(Predictions.of(result, image.id(), given, rules));
  }

  /**
   * What was found, ranked, with the keypoints that are annotated.
   *
   * @throws IOException if the model's keypoints cannot be compared with the annotations
   */
  List<Prediction> predictions() throws IOException {
    return Predictions.fitting(model.modelName(), predictions, annotations);
  }
}
