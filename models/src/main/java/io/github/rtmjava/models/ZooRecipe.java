package io.github.rtmjava.models;

import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names that users bring along from other programs, and what they stand for here.
 *
 * @param names in lower case, for example {@code wholebody}; with a mode {@code
 *     wholebody:performance}
 * @param of the program that has these names
 * @param model name of the pose model
 * @param detector name of the detector; null for a model that finds people by itself, and for one
 *     that is given the whole picture
 * @param threshold the score that a box must exceed
 * @param nms the IoU of a second non-maximum suppression; null for none
 * @param differs where that is not what the program does, and why; empty where it is
 */
public record ZooRecipe(
    List<String> names,
    String of,
    String model,
    @Nullable String detector,
    float threshold,
    @Nullable Float nms,
    String differs) {
  /** What mmpose's inferencer does where nobody says otherwise. */
  private static final float MMPOSE_THRESHOLD = 0.3f;

  private static final float MMPOSE_NMS = 0.3f;

  public ZooRecipe {
    names = List.copyOf(names);
    for (String name : names) {
      if (!name.matches("[a-z0-9_]+(:[a-z]+)?")) {
        throw new IllegalArgumentException(
            "expected a recipe's name in lower case with or without a mode, found '%s'"
                .formatted(name));
      }
    }
  }

  /** The recipe under one of its names. */
  Recipe named(String name) {
    return new Recipe(name, model, detector, threshold, nms);
  }

  /**
   * What mmpose's inferencer makes of a pose model for which there is no recipe. Its programs for
   * three dimensions have no second non-maximum suppression.
   */
  static Recipe of(String name, ZooEntry entry) {
    Float threshold = entry.threshold();
    return new Recipe(
        name,
        entry.name(),
        entry.detector(),
        threshold == null ? MMPOSE_THRESHOLD : threshold,
        entry.task() == Task.POSE_2D && !entry.oneStage() ? MMPOSE_NMS : null);
  }
}
