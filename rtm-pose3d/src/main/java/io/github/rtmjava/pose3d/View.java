package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.NativePicture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture in which poses are to be found.
 *
 * @param picture the picture, open until the poses are found
 * @param people boxes in which to look, in the order of the results; nothing to an estimator that
 *     finds people by itself
 * @param camera what took it; null where nobody knows
 */
record View(NativePicture picture, List<Detection> people, @Nullable Camera camera) {
  View {
    people = List.copyOf(people);
  }

  /** The camera, or the nominal one of such a picture where nobody knows it. */
  Camera cameraOrNominal() {
    return camera == null ? Camera.nominal(picture.width(), picture.height()) : camera;
  }
}
