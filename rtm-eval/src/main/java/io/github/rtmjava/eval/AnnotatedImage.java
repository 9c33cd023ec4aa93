package io.github.rtmjava.eval;

import org.jspecify.annotations.Nullable;

/**
 * A picture of a data set.
 *
 * @param id by which annotations and results name it
 * @param fileName as the annotations give it, relative to the folder of pictures
 * @param width in pixels; 0 where the annotations do not tell
 * @param height in pixels; 0 where the annotations do not tell
 * @param crowdIndex how crowded it is, 0 to 1, where the annotations tell (CrowdPose)
 * @param lens of the camera, where the annotations tell
 */
public record AnnotatedImage(
    long id,
    String fileName,
    int width,
    int height,
    @Nullable Double crowdIndex,
    @Nullable Lens lens) {

  /**
   * A pinhole camera without distortion.
   *
   * @param fx focal length in pixels, horizontally
   * @param fy focal length in pixels, vertically
   * @param cx principal point in pixels from the picture's left
   * @param cy principal point in pixels from the picture's top
   */
  public record Lens(double fx, double fy, double cx, double cy) {
    public Lens {
      if (!(fx > 0 && fy > 0) || !Double.isFinite(fx + fy + cx + cy)) {
        throw new IllegalArgumentException(
            "expected positive focal lengths and a finite principal point, found %s, %s, %s, %s"
                .formatted(fx, fy, cx, cy));
      }
    }
  }
}
