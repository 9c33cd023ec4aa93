package io.github.rtmjava.app;

import io.github.rtmjava.eval.AnnotatedImage;
import io.github.rtmjava.eval.Annotation;
import io.github.rtmjava.eval.Annotations;
import io.github.rtmjava.eval.GivenBox;
import io.github.rtmjava.eval.ScoredBox;
import io.github.rtmjava.geometry.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where people are looked for.
 *
 * @param byImage the boxes of each picture by its id; null where a detector finds them
 */
record EvalBoxes(@Nullable Map<Long, List<GivenBox>> byImage) {

  /**
   * The boxes that a command line asks for.
   *
   * @param from {@code detector}, {@code gt}, or the name of a file of detections
   * @param threshold the score that a detection of the file must exceed
   * @param remarks gets a line for each kind of thing that is left out
   */
  static EvalBoxes of(
      String from, @Nullable Float threshold, Annotations annotations, Consumer<String> remarks)
      throws IOException {
    return switch (from) {
      case "detector" -> new EvalBoxes(null);
      case "gt" -> annotated(annotations);
      default -> detected(Path.of(from), threshold == null ? -1 : threshold, annotations, remarks);
    };
  }

  /** Everybody's box, cut at the border of the picture as upstream does. */
  private static EvalBoxes annotated(Annotations annotations) {
    Map<Long, List<Annotation>> people = annotations.byImage();
    Map<Long, List<GivenBox>> boxes = new HashMap<>();
    for (AnnotatedImage image : annotations.images()) {
      List<GivenBox> own = new ArrayList<>();
      for (Annotation person : people.getOrDefault(image.id(), List.of())) {
        Box box = cut(person.box(), image);
        if (person.isPerson() && box.isProper()) {
          own.add(new GivenBox(box, 1, person.id(), person.categoryId()));
        }
      }
      boxes.put(image.id(), own);
    }
    return new EvalBoxes(boxes);
  }

  private static Box cut(Box box, AnnotatedImage image) {
    if (image.width() == 0 || image.height() == 0) {
      return box;
    }
    float right = image.width() - 1f;
    float bottom = image.height() - 1f;
    return new Box(
        within(box.x1(), right),
        within(box.y1(), bottom),
        within(box.x2(), right),
        within(box.y2(), bottom));
  }

  private static float within(float value, float most) {
    return Math.min(most, Math.max(0, value));
  }

  private static EvalBoxes detected(
      Path file, double threshold, Annotations annotations, Consumer<String> remarks)
      throws IOException {
    Map<Long, List<GivenBox>> boxes = new HashMap<>();
    for (ScoredBox found : ScoredBox.readPeople(file, annotations, remarks)) {
      double[] b = found.bbox();
      Box box = new Box((float) b[0], (float) b[1], (float) (b[0] + b[2]), (float) (b[1] + b[3]));
      if (found.score() > threshold && box.isProper()) {
        boxes
            .computeIfAbsent(found.imageId(), id -> new ArrayList<>())
            .add(new GivenBox(box, found.score(), null, found.categoryId()));
      }
    }
    return new EvalBoxes(boxes);
  }

  /** Whether there are boxes, so that no detector is needed. */
  boolean areGiven() {
    return byImage != null;
  }

  /** Those of a picture; none where a detector finds them. */
  List<GivenBox> in(AnnotatedImage image) {
    return byImage == null ? List.of() : byImage.getOrDefault(image.id(), List.of());
  }
}
