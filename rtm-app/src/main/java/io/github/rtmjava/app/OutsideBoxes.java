package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PoseResult;
import java.util.stream.Stream;

/** Boxes in which there is nothing of the picture, so that what is found in them means nothing. */
final class OutsideBoxes {
  private OutsideBoxes() {}

  /** One line for each of them. */
  static Stream<String> remarks(String name, PoseResult result, Image image) {
    return result.persons().stream()
        .map(person -> person.bbox())
        .filter(box -> isOutside(box, image))
        .map(
            box ->
                "%s: no pixel of the picture (%s x %s) is in the box %s,%s,%s,%s; its keypoints are"
                        .formatted(
                            name,
                            image.width(),
                            image.height(),
                            number(box.x1()),
                            number(box.y1()),
                            number(box.x2()),
                            number(box.y2()))
                    + " guesses");
  }

  private static boolean isOutside(Box box, Image image) {
    return box.x2() <= 0
        || box.y2() <= 0
        || box.x1() >= image.width()
        || box.y1() >= image.height();
  }

  private static String number(float value) {
    return String.valueOf(value).replaceFirst("\\.0$", "");
  }
}
