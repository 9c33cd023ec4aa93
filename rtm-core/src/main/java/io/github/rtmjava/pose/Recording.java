package io.github.rtmjava.pose;

import io.github.rtmjava.files.PublicName;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What all {@link PoseFrame}s of one source have in common.
 *
 * @param source name of the video or picture, cut down to its {@link PublicName}: the last part of
 *     a path, an address without user and query
 * @param width of its frames in pixels
 * @param height of its frames in pixels
 * @param frameRate frames in a second of the source, on average; 0 for a single picture
 * @param frames how many the source says it has; 0 where it does not say
 * @param model name of the pose model
 * @param frame frame of the 3D keypoints
 * @param keypointSet names and links of the keypoints
 * @param camera what took it, or was assumed to; null for a model without depth, and where nobody
 *     knows
 * @param number of a picture among those of its run, from 1 on; 0 for a video
 */
public record Recording(
    String source,
    int width,
    int height,
    double frameRate,
    long frames,
    String model,
    Frame3d frame,
    KeypointSet keypointSet,
    @Nullable Camera camera,
    int number)
    implements Serializable {
  public Recording {
    source = PublicName.of(source);
    if (width < 1 || height < 1 || !(frameRate >= 0) || !Double.isFinite(frameRate)) {
      throw new IllegalArgumentException(
          "expected a size above 0 and a finite frame rate, found %s x %s at %s"
              .formatted(width, height, frameRate));
    }
  }

  /** One that is not numbered. */
  public Recording(
      String source,
      int width,
      int height,
      double frameRate,
      long frames,
      String model,
      Frame3d frame,
      KeypointSet keypointSet,
      @Nullable Camera camera) {
    this(source, width, height, frameRate, frames, model, frame, keypointSet, camera, 0);
  }

  /** The same as that picture of its run. */
  public Recording withNumber(int other) {
    return new Recording(
        source, width, height, frameRate, frames, model, frame, keypointSet, camera, other);
  }

  /** The same with 3D keypoints in another frame. */
  public Recording withFrame(Frame3d other) {
    return new Recording(
        source, width, height, frameRate, frames, model, other, keypointSet, camera, number);
  }
}
