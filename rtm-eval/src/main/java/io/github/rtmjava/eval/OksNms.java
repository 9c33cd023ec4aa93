package io.github.rtmjava.eval;

import io.github.rtmjava.geometry.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Drops people who are too similar to one with a better score, as mmpose's {@code oks_nms}. */
final class OksNms {
  /** By how much top-down models widen boxes. */
  private static final double PADDING = 1.25;

  private OksNms() {}

  /** Those that stay, best score first. */
  static List<Prediction> keep(List<Prediction> people, double[] sigmas, ScoringRules rules) {
    Oks oks = new Oks(new KeypointRange("all", 0, sigmas.length), sigmas);
    List<Prediction> kept = new ArrayList<>();
    for (Prediction person :
        people.stream().sorted(Comparator.comparingDouble(p -> 0 - p.score())).toList()) {
      double area = area(person, rules);
      boolean alone =
          kept.stream()
              .allMatch(
                  better ->
                      oks.similarity(
                              better.keypoints(),
                              person.keypoints(),
                              (area(better, rules) + area) / 2)
                          <= rules.nmsThreshold());
      if (alone) {
        kept.add(person);
      }
    }
    return kept;
  }

  /** Area of the crop that the model saw. */
  private static double area(Prediction person, ScoringRules rules) {
    Box box = person.box();
    double width = box.width() * PADDING;
    double height = box.height() * PADDING;
    return width > height * rules.inputAspect()
        ? width * width / rules.inputAspect()
        : height * rules.inputAspect() * height;
  }
}
