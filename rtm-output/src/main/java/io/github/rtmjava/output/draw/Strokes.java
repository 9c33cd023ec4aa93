package io.github.rtmjava.output.draw;

/**
 * How thick the lines and points of a skeleton are drawn: evenly on the body, thinner where
 * keypoints lie close together, so that hands and faces stay legible. In the unit of the points.
 */
final class Strokes {
  private static final double LINK_PER_LENGTH = 0.28;
  private static final double POINT_PER_GAP = 0.23;
  private static final double POINT_PER_LINK = 0.75;

  private final double thickness;
  private final double thinnest;
  private final double fixedRadius;
  private final double fixedThickness;

  /**
   * Strokes of one person.
   *
   * @param thickness of a long link
   * @param thinnest of any link
   */
  Strokes(double thickness, double thinnest) {
    this(thickness, thinnest, 0, 0);
  }

  /**
   * Strokes of one person, as far as they are not given.
   *
   * @param fixedRadius of every point; 0 for one that goes with its place
   * @param fixedThickness of every link; 0 for one that goes with its length
   */
  Strokes(double thickness, double thinnest, double fixedRadius, double fixedThickness) {
    this.thickness = Math.max(thickness, thinnest);
    this.thinnest = thinnest;
    this.fixedRadius = fixedRadius;
    this.fixedThickness = fixedThickness;
  }

  /** Thickness of a link of this length. */
  double link(double length) {
    return fixedThickness > 0
        ? fixedThickness
        : Math.min(thickness, Math.max(thinnest, length * LINK_PER_LENGTH));
  }

  /**
   * Radius of each point.
   *
   * @param points [K][2 or 3]
   * @param shown which of them are drawn; the others have no radius and give no distance
   */
  double[] radii(double[][] points, boolean[] shown) {
    double[] radii = new double[points.length];
    if (fixedRadius > 0) {
      for (int i = 0; i < radii.length; i++) {
        radii[i] = shown[i] ? fixedRadius : 0;
      }
      return radii;
    }
    for (int i = 0; i < points.length; i++) {
      double gap = Double.POSITIVE_INFINITY;
      for (int j = 0; j < points.length && shown[i]; j++) {
        if (i != j && shown[j]) {
          gap = Math.min(gap, distance(points[i], points[j]));
        }
      }
      radii[i] =
          shown[i]
              ? Math.min(thickness * POINT_PER_LINK, Math.max(thinnest * 0.5, gap * POINT_PER_GAP))
              : 0;
    }
    return radii;
  }

  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
