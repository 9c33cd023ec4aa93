package io.github.rtmjava.motion.space;

/** Arithmetic of points and directions in space. */
final class Vec {
  private Vec() {}

  static double[] of(float[] p) {
    return new double[] {p[0], p[1], p[2]};
  }

  static double[] middle(float[] p, float[] q) {
    return new double[] {(p[0] + q[0]) / 2.0, (p[1] + q[1]) / 2.0, (p[2] + q[2]) / 2.0};
  }

  /** a + s b. */
  static double[] plus(double[] a, double s, double[] b) {
    return new double[] {a[0] + s * b[0], a[1] + s * b[1], a[2] + s * b[2]};
  }

  static double[] minus(double[] a, double[] b) {
    return plus(a, -1, b);
  }

  static double[] times(double s, double[] a) {
    return new double[] {s * a[0], s * a[1], s * a[2]};
  }

  static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** The direction of a; NaN for one without length. */
  static double[] unit(double[] a) {
    return times(1 / length(a), a);
  }

  static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  /** Degrees between two directions, 0 to 180. */
  static double degrees(double[] a, double[] b) {
    return Math.toDegrees(Math.atan2(length(cross(a, b)), dot(a, b)));
  }

  /** x of the symmetric equations A x = b, by Cramer's rule; NaN where they have no one answer. */
  static double[] solve(double[][] a, double[] b) {
    double determinant = dot(a[0], cross(a[1], a[2]));
    if (!(Math.abs(determinant) > 1e-12 * Math.abs(a[0][0] * a[1][1] * a[2][2]))) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    return times(
        1 / determinant,
        new double[] {
          dot(b, cross(a[1], a[2])), dot(a[0], cross(b, a[2])), dot(a[0], cross(a[1], b))
        });
  }
}
