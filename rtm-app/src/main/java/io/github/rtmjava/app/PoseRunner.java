package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Models made ready to be used on pictures. */
interface PoseRunner extends AutoCloseable {
  /** The pose model's name. */
  String name();

  /** Names of the keypoints. */
  KeypointSet keypointSet();

  /**
   * The people in a picture.
   *
   * @param boxes those of the people, who come in the same order; null to look for them
   */
  PoseResult find(Image image, @Nullable List<Box> boxes);

  @Override
  void close();
}
