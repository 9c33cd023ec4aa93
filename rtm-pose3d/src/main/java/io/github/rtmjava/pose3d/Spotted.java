package io.github.rtmjava.pose3d;

import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.image.VideoFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way, after the detector.
 *
 * @param picture the frame's, for the detector and the crops; to be closed
 * @param people where to look; null where the detector did not look
 * @param problem why not, if that was not on purpose
 */
record Spotted(
    VideoFrame frame,
    NativePicture picture,
    @Nullable List<Detection> people,
    @Nullable Throwable problem)
    implements AutoCloseable {

  /** Where the detector has not looked. */
  static Spotted of(VideoFrame frame) {
    return new Spotted(frame, NativePicture.of(frame.image()), null, null);
  }

  Spotted with(List<Detection> found) {
    return new Spotted(frame, picture, found, null);
  }

  Spotted failed(Throwable cause) {
    return new Spotted(frame, picture, null, cause);
  }

  @Override
  public void close() {
    picture.close();
  }
}
