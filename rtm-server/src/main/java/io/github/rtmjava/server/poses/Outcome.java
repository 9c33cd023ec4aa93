package io.github.rtmjava.server.poses;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.web.ProblemException;

/** What became of a picture. */
sealed interface Outcome {
  /**
   * Poses were looked for.
   *
   * @param name of the picture
   * @param image the picture
   * @param result who is in it, in the frame that was asked for
   * @param recording what files say of it
   */
  record Found(String name, Image image, PoseResult result, Recording recording)
      implements Outcome {}

  /**
   * It cannot be read, or nothing could be looked for.
   *
   * @param name of the picture
   * @param problem what is said of it
   */
  record Failed(String name, ProblemException problem) implements Outcome {}
}
