package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
import java.util.List;

/**
 * One picture in which poses are to be found.
 *
 * @param image the picture
 * @param people boxes in which to look, in the order of the results; nothing to an estimator that
 *     finds people by itself
 * @param camera what took it
 */
record View(Image image, List<Detection> people, Camera camera) {
  View {
    people = List.copyOf(people);
  }
}
