package io.github.rtmjava.motion.space;

import java.util.List;

/**
 * A floor.
 *
 * @param up [3] in the camera's frame, of length 1
 * @param height metres of the camera above it
 */
record FloorPlane(double[] up, double height) {
  /** How wrong the direction of the bodies may be, in radians: 3 degrees. */
  private static final double LEAN = Math.toRadians(3);

  /** How far from the floor the lower foot is, in metres, at the least. */
  private static final double LIFT = 0.03;

  /** As many samples as are taken to tell something new: feet err alike from frame to frame. */
  private static final int TOLD = 20;

  private static final int STEPS = 10;

  /**
   * The plane through the lower feet, near the direction of the bodies: least squares of both, each
   * by how wrong it may be, with Huber's weights against lifted feet.
   */
  static FloorPlane fit(double[] bodies, List<GroundEstimator.Sample> samples) {
    double[] first = Vec.unit(Vec.cross(bodies, leastAlong(bodies)));
    double[] second = Vec.cross(bodies, first);
    double[] up = bodies;
    double height = height(up, samples);
    for (int step = 0; step < STEPS; step++) {
      double spread = Math.max(LIFT, spread(up, height, samples));
      double[][] a = {{1 / (LEAN * LEAN), 0, 0}, {0, 1 / (LEAN * LEAN), 0}, {0, 0, 0}};
      double[] b = new double[3];
      double share = (double) Math.min(TOLD, samples.size()) / samples.size();
      for (GroundEstimator.Sample sample : samples) {
        double[] p = sample.lowest(up);
        double weight =
            share
                / (spread * spread)
                * Math.min(1, spread / Math.max(1e-9, Math.abs(Vec.dot(p, up) + height)));
        double[] row = {Vec.dot(first, p), Vec.dot(second, p), 1};
        for (int i = 0; i < 3; i++) {
          a[i] = Vec.plus(a[i], weight * row[i], row);
          b[i] -= weight * row[i] * Vec.dot(bodies, p);
        }
      }
      double[] x = Vec.solve(a, b);
      if (Double.isNaN(x[0])) {
        break;
      }
      up = Vec.unit(Vec.plus(Vec.plus(bodies, x[0], first), x[1], second));
      height = height(up, samples);
    }
    return new FloorPlane(up, height);
  }

  private static double height(double[] up, List<GroundEstimator.Sample> samples) {
    return -Reservoir.median(
        samples.stream().mapToDouble(s -> Vec.dot(s.lowest(up), up)).toArray());
  }

  /** The standard deviation that the median deviation stands for. */
  private static double spread(double[] up, double height, List<GroundEstimator.Sample> samples) {
    return 1.4826
        * Reservoir.median(
            samples.stream()
                .mapToDouble(s -> Math.abs(Vec.dot(s.lowest(up), up) + height))
                .toArray());
  }

  /** The axis that a direction is farthest from. */
  private static double[] leastAlong(double[] v) {
    double x = Math.abs(v[0]);
    double y = Math.abs(v[1]);
    double z = Math.abs(v[2]);
    if (x <= y && x <= z) {
      return new double[] {1, 0, 0};
    }
    return y <= z ? new double[] {0, 1, 0} : new double[] {0, 0, 1};
  }
}
