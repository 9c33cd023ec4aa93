package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture whose poses somebody wants.
 *
 * @param image the picture
 * @param boxes of the people in it, in pixels of the picture, which may reach beyond its border;
 *     null where people are to be found
 * @param options which people are looked at and how 3D keypoints are placed, for this picture alone
 */
public record PoseRequest(Image image, @Nullable List<Box> boxes, PoseOptions options) {
  public PoseRequest {
    boxes = boxes == null ? null : List.copyOf(boxes);
  }

  /** Whoever is found, with these options. */
  public PoseRequest(Image image, PoseOptions options) {
    this(image, null, options);
  }
}
