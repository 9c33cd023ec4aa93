package io.github.rtmjava.motion.space;

import java.util.List;

/** The middle of many directions. */
final class Directions {
  private static final int STEPS = 50;

  private Directions() {}

  /**
   * Their geometric median (Weiszfeld's iteration), which a minority cannot carry away.
   *
   * @param directions of length 1
   * @return of length 1
   */
  static double[] middle(List<double[]> directions) {
    double[] middle = directions.get(0);
    for (int step = 0; step < STEPS; step++) {
      double[] sum = new double[3];
      for (double[] direction : directions) {
        double distance = Vec.length(Vec.minus(direction, middle));
        sum = Vec.plus(sum, 1 / Math.max(distance, 1e-3), direction);
      }
      middle = Vec.unit(sum);
    }
    return middle;
  }
}
