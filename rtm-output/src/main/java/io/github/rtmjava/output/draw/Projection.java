package io.github.rtmjava.output.draw;

/**
 * A perspective view of points around the origin from a few metres away.
 *
 * @param azimuth radians by which the viewer walks to the left around the vertical axis
 * @param elevation radians by which the viewer looks down
 * @param distance of the viewer, metres
 * @param scale pixels per metre at the origin
 * @param centerX where the origin appears, pixels
 * @param centerY likewise
 */
record Projection(
    double azimuth,
    double elevation,
    double distance,
    double scale,
    double centerX,
    double centerY) {

  /** The direction or point after turning: x right, y up, z towards the viewer. */
  double[] turn(double[] p) {
    double ca = Math.cos(azimuth);
    double sa = Math.sin(azimuth);
    double x = ca * p[0] + sa * p[2];
    double z = -sa * p[0] + ca * p[2];
    double ce = Math.cos(elevation);
    double se = Math.sin(elevation);
    return new double[] {x, ce * p[1] - se * z, se * p[1] + ce * z};
  }

  /** Pixel x, pixel y, and the pixels that a metre takes there. */
  double[] project(double[] p) {
    double[] t = turn(p);
    double zoom = scale * distance / Math.max(0.2, distance - t[2]);
    return new double[] {centerX + zoom * t[0], centerY - zoom * t[1], zoom};
  }

  /** The same view, so that all points lie within a rectangle with its middle in the middle. */
  Projection fit(double[][] points, double x, double y, double width, double height) {
    Projection unit = new Projection(azimuth, elevation, distance, 1, 0, 0);
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (double[] point : points) {
      double[] p = unit.project(point);
      left = Math.min(left, p[0]);
      right = Math.max(right, p[0]);
      top = Math.min(top, p[1]);
      bottom = Math.max(bottom, p[1]);
    }
    double zoom = Math.min(width / (right - left), height / (bottom - top));
    return new Projection(
        azimuth,
        elevation,
        distance,
        zoom,
        x + width / 2 - zoom * (left + right) / 2,
        y + height / 2 - zoom * (top + bottom) / 2);
  }
}
