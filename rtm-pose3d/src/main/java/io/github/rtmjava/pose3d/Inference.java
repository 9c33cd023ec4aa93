package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose.PoseResult;

/** What came of one picture of many. */
public sealed interface Inference {
  /** Which picture. */
  Picture picture();

  /**
   * Poses were looked for.
   *
   * @param image what was read from the picture
   * @param result who was found in it
   */
  record Found(Picture picture, Image image, PoseResult result) implements Inference {}

  /**
   * The picture could not be read or looked at; those after it are not affected.
   *
   * @param problem what happened; its message is for people
   */
  record Failed(Picture picture, Throwable problem) implements Inference {}
}
