package io.github.rtmjava.output.format.mocap;

/** A rotation in space as a quaternion of length 1. Vectors are arrays of three. */
record Rotation(double x, double y, double z, double w) {
  static final Rotation NONE = new Rotation(0, 0, 0, 1);

  /** Directions closer to opposite than this have no single shortest way from one to the other. */
  private static final double OPPOSITE = 1e-9;

  /** Sines larger than this are of a right angle. */
  private static final double UPRIGHT = 1 - 1e-13;

  /** The smallest rotation from one direction to another; about any axis if they are opposite. */
  static Rotation between(double[] from, double[] to) {
    double[] a = unit(from);
    double[] b = unit(to);
    double w = 1 + dot(a, b);
    double[] axis = cross(a, b);
    if (w < OPPOSITE) {
      double[] other = Math.abs(a[0]) < 0.9 ? new double[] {1, 0, 0} : new double[] {0, 1, 0};
      axis = unit(cross(a, other));
      w = 0;
    }
    return normal(axis[0], axis[1], axis[2], w);
  }

  /**
   * The rotation that brings one pair of directions to another: the first of each exactly, the
   * second as far as the angle between them lets it.
   */
  static Rotation between(double[] from, double[] across, double[] to, double[] toAcross) {
    Rotation swing = between(from, to);
    double[] axis = unit(to);
    double[] now = without(swing.turn(across), axis);
    double[] wanted = without(toAcross, axis);
    double angle = Math.atan2(dot(axis, cross(now, wanted)), dot(now, wanted));
    double sine = Math.sin(angle / 2);
    return new Rotation(axis[0] * sine, axis[1] * sine, axis[2] * sine, Math.cos(angle / 2))
        .times(swing);
  }

  private static double[] without(double[] v, double[] axis) {
    double along = dot(v, axis);
    return new double[] {v[0] - along * axis[0], v[1] - along * axis[1], v[2] - along * axis[2]};
  }

  /** First the other, then this. */
  Rotation times(Rotation o) {
    return normal(
        w * o.x + x * o.w + y * o.z - z * o.y,
        w * o.y - x * o.z + y * o.w + z * o.x,
        w * o.z + x * o.y - y * o.x + z * o.w,
        w * o.w - x * o.x - y * o.y - z * o.z);
  }

  Rotation inverse() {
    return new Rotation(-x, -y, -z, w);
  }

  /** The same rotation, with the sign that is nearer to another's. */
  Rotation near(Rotation o) {
    return x * o.x + y * o.y + z * o.z + w * o.w < 0 ? new Rotation(-x, -y, -z, -w) : this;
  }

  double[] turn(double[] v) {
    double[] axis = {x, y, z};
    double[] t = cross(axis, v);
    double[] u = cross(axis, t);
    return new double[] {
      v[0] + 2 * (w * t[0] + u[0]), v[1] + 2 * (w * t[1] + u[1]), v[2] + 2 * (w * t[2] + u[2])
    };
  }

  /** Degrees about z, x and y, so that this is first y, then x, then z. */
  double[] degreesZxy() {
    double sine = 2 * (y * z + w * x);
    if (Math.abs(sine) > UPRIGHT) {
      // Turns about y and z are the same then: all goes to z.
      double aboutZ = Math.atan2(2 * (x * y + w * z), 1 - 2 * (y * y + z * z));
      return new double[] {Math.toDegrees(aboutZ), Math.copySign(90, sine), 0};
    }
    return new double[] {
      Math.toDegrees(Math.atan2(2 * (w * z - x * y), 1 - 2 * (x * x + z * z))),
      Math.toDegrees(Math.asin(sine)),
      Math.toDegrees(Math.atan2(2 * (w * y - x * z), 1 - 2 * (x * x + y * y)))
    };
  }

  private static Rotation normal(double x, double y, double z, double w) {
    double length = Math.sqrt(x * x + y * y + z * z + w * w);
    return new Rotation(x / length, y / length, z / length, w / length);
  }

  static double length(double[] v) {
    return Math.sqrt(dot(v, v));
  }

  static double[] unit(double[] v) {
    double length = length(v);
    return new double[] {v[0] / length, v[1] / length, v[2] / length};
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }
}
