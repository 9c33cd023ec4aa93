package io.github.rtmjava.app;

import io.github.rtmjava.eval.AnnotatedImage;
import io.github.rtmjava.eval.Annotations;
import io.github.rtmjava.eval.GivenBox;
import io.github.rtmjava.eval.Prediction;
import io.github.rtmjava.eval.Predictions;
import io.github.rtmjava.eval.ScoringRules;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs models on annotated pictures, whatever becomes of each. */
final class EvalRun {
  private final PoseRunner model;
  private final Annotations annotations;
  private final EvalBoxes boxes;
  private final ScoringRules rules;
  private final List<Prediction> predictions = new ArrayList<>();

  EvalRun(PoseRunner model, Annotations annotations, EvalBoxes boxes, ScoringRules rules) {
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
        "the model " + model.name(), model.keypointSet().size(), annotations);
    List<AnnotatedImage> images =
        annotations.images().stream().filter(this::holdsAnybody).toList();
    List<Path> files = new ArrayList<>();
    for (AnnotatedImage image : images) {
      files.add(file(folder, image.fileName()));
    }
    boolean allDone = true;
    try (ReadAhead pictures = new ReadAhead(files);
        Progress progress = Progress.of(files.size(), console)) {
      for (int i = 0; i < files.size(); i++) {
        try {
          predictions.addAll(find(images.get(i), pictures.take()));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
          progress.problem(files.get(i), e);
          allDone = false;
        }
        progress.step();
      }
    }
    return allDone;
  }

  /** What was found, ranked, with the keypoints that are annotated. */
  List<Prediction> predictions() {
    return predictions;
  }

  private boolean holdsAnybody(AnnotatedImage image) {
    List<GivenBox> given = boxes.in(image);
    return given == null || !given.isEmpty();
  }

  private List<Prediction> find(AnnotatedImage image, Image picture) throws IOException {
    List<GivenBox> given = boxes.in(image);
    PoseResult result = model.find(picture, corners(given));
    return Predictions.fitting(
        model.name(),
        Predictions.of(result, image.id(), given == null ? List.of() : given, rules),
        annotations);
  }

  private static @Nullable List<Box> corners(@Nullable List<GivenBox> given) {
    return given == null ? null : given.stream().map(GivenBox::box).toList();
  }

  /** Below the folder under its whole name, or its last part. */
  private static Path file(Path folder, String name) throws IOException {
    try {
      Path whole = folder.resolve(name).normalize();
      Path last = folder.resolve(String.valueOf(Path.of(name).getFileName()));
      boolean inside = whole.startsWith(folder.normalize());
      return inside && Files.exists(whole) ? whole : last;
    } catch (InvalidPathException e) {
      throw new IOException(
          "expected names of pictures in the annotations, found '%s'".formatted(name), e);
    }
  }
}
