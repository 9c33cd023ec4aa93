package io.github.rtmjava.geometry;

import java.io.Serializable;

/**
 * A pinhole camera without distortion, and the distance at which a person stands from it.
 *
 * @param fx focal length in pixels, horizontally
 * @param fy focal length in pixels, vertically
 * @param cx principal point in pixels from the picture's left
 * @param cy principal point in pixels from the picture's top
 * @param rootDepth distance in metres of the root from the camera: of a person's middle of the
 *     hips, or of the right wrist (the left one where there is no right hand) for a model of hands;
 *     monocular models cannot see it, they give depths relative to it
 */
public record Camera(double fx, double fy, double cx, double cy, double rootDepth)
    implements Serializable {
  /** Focal lengths that upstream's RTMW3D assumes (Human3.6M's first camera). */
  private static final double NOMINAL_FX = 1145.04940459;

  private static final double NOMINAL_FY = 1143.78109572;

  /** Root depth in metres that upstream's RTMW3D assumes. */
  public static final double NOMINAL_ROOT_DEPTH = 5.14388;

  public Camera {
    if (!(fx > 0 && fy > 0 && rootDepth > 0) || !Double.isFinite(fx + fy + cx + cy + rootDepth)) {
      throw new IllegalArgumentException(
          "expected positive focal lengths and root depth and a finite principal point, found"
              + " fx %s, fy %s, cx %s, cy %s, root depth %s".formatted(fx, fy, cx, cy, rootDepth));
    }
  }

  /** Upstream's nominal focal lengths and root depth, principal point in the picture's middle. */
  public static Camera nominal(int width, int height) {
    return new Camera(NOMINAL_FX, NOMINAL_FY, width / 2.0, height / 2.0, NOMINAL_ROOT_DEPTH);
  }

  /** The same camera with people at another distance. */
  public Camera withRootDepth(double metres) {
    return new Camera(fx, fy, cx, cy, metres);
  }

  /** X in metres of a pixel column at a depth in metres. */
  public double x(double column, double depth) {
    return (column - cx) / fx * depth;
  }

  /** Y in metres of a pixel row at a depth in metres. */
  public double y(double row, double depth) {
    return (row - cy) / fy * depth;
  }

  /** The point in metres, in the camera's frame, of a pixel at a depth in metres. */
  public float[] place(double column, double row, double depth) {
    return new float[] {(float) x(column, depth), (float) y(row, depth), (float) depth};
  }
}
