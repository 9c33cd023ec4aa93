package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Nms;
import java.util.Comparator;
import java.util.List;

/** Chooses among detected people. */
final class PersonSelection {
  private PersonSelection() {}

  /**
   * Those above the threshold, best first, without those that the second suppression drops, cut to
   * what the options ask for.
   *
   * @param detections best first
   * @param recommended the threshold where the options name none
   */
  static List<Detection> select(
      List<Detection> detections, PoseOptions options, float recommended) {
    float threshold = options.bboxThreshold() == null ? recommended : options.bboxThreshold();
    List<Detection> people = detections.stream().filter(d -> d.score() > threshold).toList();
    Float iou = options.nmsIou();
    if (iou != null) {
      people = Nms.suppressInclusive(people, iou);
    }
    if (options.singlePerson()) {
      return people.stream()
          .max(Comparator.comparingDouble(d -> (double) d.box().area() * d.score()))
          .map(List::of)
          .orElse(List.of());
    }
    return people.subList(0, Math.min(options.maxPersons(), people.size()));
  }
}
