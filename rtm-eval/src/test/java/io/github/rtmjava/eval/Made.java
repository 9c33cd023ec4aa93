package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Made-up people. */
final class Made {
  /** Two keypoints: the left shoulder and the right hip. */
  static final KeypointSet TORSO =
      new KeypointSet(
          "torso",
          List.of(
              new KeypointSet.Point("left_shoulder", 0, 0.1f, 0),
              new KeypointSet.Point("right_hip", 1, 0.1f, 0)),
          List.of());

  static final KeypointRange BOTH = new KeypointRange("torso", 0, 2);

  private Made() {}

  static Annotations annotations(Path file) throws IOException {
    return annotations(file, null);
  }

  static Annotations annotations(Path file, @Nullable String keypoints) throws IOException {
    return Annotations.read(file, KeypointChoice.of(keypoints), line -> {});
  }

  static List<Prediction> results(Path file, Annotations annotations) throws IOException {
    return Predictions.read(file, annotations, ScoringRules.DEFAULT, line -> {});
  }

  static AnnotatedImage image(long id) {
    return new AnnotatedImage(id, id + ".png", 640, 480, null, null);
  }

  static Annotation person(long id, double[] bbox, double area, double... keypoints) {
    return person(id, bbox, area, false, null, keypoints);
  }

  static Annotation crowd(long id, double[] bbox, double area, double... keypoints) {
    return person(id, bbox, area, true, null, keypoints);
  }

  static Annotation person(
      long id,
      double[] bbox,
      double area,
      boolean crowd,
      @Nullable Double headSize,
      double... keypoints) {
    return new Annotation(
        id,
        1,
        Prediction.PERSON,
        bbox,
        keypoints,
        area,
        crowd,
        null,
        headSize,
        Map.of(),
        new double[0][],
        null);
  }

  static Prediction guess(double score, double... keypoints) {
    return new Prediction(1, Prediction.PERSON, keypoints, score, null, new double[0][], null);
  }

  static Prediction guessOf(long annotation, double... keypoints) {
    return new Prediction(1, Prediction.PERSON, keypoints, 1, null, new double[0][], annotation);
  }

  static Annotations annotations(Annotation... people) {
    return new Annotations(List.of(image(1)), List.of(people), TORSO);
  }
}
