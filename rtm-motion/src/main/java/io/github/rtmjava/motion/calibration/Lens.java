package io.github.rtmjava.motion.calibration;

import java.io.Serializable;

/** What a lens does to the directions of a pinhole camera, in OpenCV's two models. */
sealed interface Lens extends Serializable {

  /**
   * Where a lens puts a direction.
   *
   * @param x of a direction (x, y, 1)
   * @param y of a direction (x, y, 1)
   * @return [2], x and y on the picture plane at distance 1
   */
  double[] distort(double x, double y);

  /**
   * The direction that a lens put somewhere.
   *
   * @return [2], x and y of the direction (x, y, 1); NaN where none lands there
   */
  double[] undistort(double x, double y);

  /** The lens of a calibration's coefficients. */
  static Lens of(double[] coefficients, boolean fisheye) {
    boolean none = true;
    for (double c : coefficients) {
      none &= c == 0;
    }
    if (none && !fisheye) {
      return new Pinhole();
    }
    return fisheye ? Fisheye.of(coefficients) : BrownConrady.of(coefficients);
  }

  /** No distortion. */
  record Pinhole() implements Lens {
    @Override
    public double[] distort(double x, double y) {
      return new double[] {x, y};
    }

    @Override
    public double[] undistort(double x, double y) {
      return new double[] {x, y};
    }
  }

  /**
   * Brown (1971) and Conrady (1919), with OpenCV's coefficients k1, k2, p1, p2, k3 and its rational
   * k4, k5, k6.
   */
  record BrownConrady(
      double k1, double k2, double p1, double p2, double k3, double k4, double k5, double k6)
      implements Lens {
    private static final int STEPS = 100;
    private static final double CLOSE = 1e-9;

    static BrownConrady of(double[] c) {
      double[] k = java.util.Arrays.copyOf(c, 8);
      return new BrownConrady(k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7]);
    }

    @Override
    public double[] distort(double x, double y) {
      double r2 = x * x + y * y;
      double radial = (1 + r2 * (k1 + r2 * (k2 + r2 * k3))) / (1 + r2 * (k4 + r2 * (k5 + r2 * k6)));
      return new double[] {
        x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
        y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y
      };
    }

    /** Newton's method with differences, halved where a full step leads away. */
    @Override
    public double[] undistort(double x, double y) {
      double[] at = {x, y};
      double[] miss = miss(at, x, y);
      for (int step = 0; step < STEPS && Math.hypot(miss[0], miss[1]) > CLOSE; step++) {
        double h = 1e-6;
        double[] alongX = miss(new double[] {at[0] + h, at[1]}, x, y);
        double[] alongY = miss(new double[] {at[0], at[1] + h}, x, y);
        double a = (alongX[0] - miss[0]) / h;
        double b = (alongY[0] - miss[0]) / h;
        double c = (alongX[1] - miss[1]) / h;
        double d = (alongY[1] - miss[1]) / h;
        double determinant = a * d - b * c;
        if (!(determinant > 0)) {
          break;
        }
        double dx = (d * miss[0] - b * miss[1]) / determinant;
        double dy = (a * miss[1] - c * miss[0]) / determinant;
        double share = 1;
        double[] next = {at[0] - dx, at[1] - dy};
        double[] left = miss(next, x, y);
        while (!(Math.hypot(left[0], left[1]) < Math.hypot(miss[0], miss[1])) && share > 1e-3) {
          share /= 2;
          next = new double[] {at[0] - share * dx, at[1] - share * dy};
          left = miss(next, x, y);
        }
        at = next;
        miss = left;
      }
      return Math.hypot(miss[0], miss[1]) <= 1e-6 ? at : new double[] {Double.NaN, Double.NaN};
    }

    private double[] miss(double[] at, double x, double y) {
      double[] there = distort(at[0], at[1]);
      return new double[] {there[0] - x, there[1] - y};
    }
  }

  /** Kannala and Brandt (2006), with OpenCV's coefficients k1 to k4 of the angle. */
  record Fisheye(double k1, double k2, double k3, double k4) implements Lens {
    private static final int STEPS = 60;

    static Fisheye of(double[] c) {
      double[] k = java.util.Arrays.copyOf(c, 4);
      return new Fisheye(k[0], k[1], k[2], k[3]);
    }

    @Override
    public double[] distort(double x, double y) {
      double r = Math.hypot(x, y);
      double factor = r == 0 ? 1 : bent(Math.atan(r)) / r;
      return new double[] {x * factor, y * factor};
    }

    /** Bisection of the angle; up to 89 degrees from the axis. */
    @Override
    public double[] undistort(double x, double y) {
      double r = Math.hypot(x, y);
      if (r == 0) {
        return new double[] {x, y};
      }
      double low = 0;
      double high = Math.toRadians(89);
      for (int step = 0; step < STEPS; step++) {
        double middle = (low + high) / 2;
        if (bent(middle) < r) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double factor = Math.abs(bent(low) - r) < 1e-6 ? Math.tan(low) / r : Double.NaN;
      return new double[] {x * factor, y * factor};
    }

    private double bent(double angle) {
      double a2 = angle * angle;
      return angle * (1 + a2 * (k1 + a2 * (k2 + a2 * (k3 + a2 * k4))));
    }
  }
}
