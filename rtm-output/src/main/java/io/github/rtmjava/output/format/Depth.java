package io.github.rtmjava.output.format;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.util.Optional;

/** Whether there are 3D keypoints, and what formats ask that hold nothing else. */
public final class Depth {
  private Depth() {}

  /** Whether the model gives depth, as a recording without a camera in the camera's frame says. */
  public static boolean isIn(Recording recording) {
    return recording.frame() != Frame3d.CAMERA || recording.camera() != null;
  }

  static Optional<String> requirement(String format, Recording recording) {
    if (recording.frame() == Frame3d.UVD) {
      return Optional.of(
          ("%s holds 3D keypoints in metres, found pixels and depth (uvd); give the camera that took"
                  + " the picture")
              .formatted(format));
    }
    if (!isIn(recording)) {
      return Optional.of(
          ("%s holds 3D keypoints, which the model %s does not give; take a model with depth, or"
                  + " another format, for example csv")
              .formatted(format, recording.model()));
    }
    return Optional.empty();
  }

  /**
   * The person, who is sure to have 3D keypoints.
   *
   * @throws IOException if there are none
   */
  public static PersonPose require(PersonPose person) throws IOException {
    if (!person.has3d()) {
      throw new IOException(
          "expected people with 3D keypoints, found one without; take a model with depth");
    }
    return person;
  }
}
