package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Nms;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Chooses among detected people. */
final class PersonSelection {
  private PersonSelection() {}

  /**
   * Those above the threshold, best first, without those that the second suppression drops, cut to
   * what the options ask for.
   *
   * @param found best first
   * @param detection where each is and how sure that is
   * @param recommended the threshold where the options name none
   */
  static <T> List<T> select(
      List<T> found, Function<T, Detection> detection, PoseOptions options, float recommended) {
    float threshold = options.bboxThreshold() == null ? recommended : options.bboxThreshold();
    List<T> people = found.stream().filter(p -> detection.apply(p).score() > threshold).toList();
    Float iou = options.nmsIou();
    if (iou != null) {
      people =
          Nms.suppress(
              people,
              (better, other) ->
                  detection.apply(better).box().iouInclusive(detection.apply(other).box()) > iou,
              Integer.MAX_VALUE);
    }
    if (options.singlePerson()) {
      return people.stream()
          .max(Comparator.comparingDouble(p -> importance(detection.apply(p))))
          .map(List::of)
          .orElse(List.of());
    }
    return people.subList(0, Math.min(options.maxPersons(), people.size()));
  }

  /** What the most important person has most of: area times score. */
  static double importance(Detection person) {
    return (double) person.box().area() * person.score();
  }
}
