package io.github.rtmjava.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProcrustesTest {
  private static double[][] points(long seed) {
    Random random = new Random(seed);
    double[][] out = new double[9][3];
    for (double[] point : out) {
      for (int axis = 0; axis < 3; axis++) {
        point[axis] = random.nextGaussian();
      }
    }
    return out;
  }

  @Test
  void undoesScaleRotationAndShift() {
    double[][] target = points(1);
    double cos = Math.cos(0.7);
    double sin = Math.sin(0.7);
    double[][] source = new double[target.length][];
    for (int n = 0; n < source.length; n++) {
      double[] p = target[n];
      source[n] =
          new double[] {
            3 * (cos * p[0] - sin * p[2]) + 5, 3 * p[1] - 2, 3 * (sin * p[0] + cos * p[2]) + 1
          };
    }
    double[][] aligned = Procrustes.align(source, target);
    for (int n = 0; n < target.length; n++) {
      assertArrayEquals(target[n], aligned[n], 1e-12);
    }
  }

  @Test
  void doesNotMirror() {
    double[][] target = points(2);
    double[][] source = new double[target.length][];
    double apart = 0;
    for (int n = 0; n < source.length; n++) {
      source[n] = new double[] {-target[n][0], target[n][1], target[n][2]};
    }
    double[][] aligned = Procrustes.align(source, target);
    for (int n = 0; n < target.length; n++) {
      apart += Math.abs(aligned[n][0] - target[n][0]);
    }
    assertTrue(apart > 1, "a mirrored figure cannot be turned into the other");
  }

  @Test
  void pointsInOnePlaceGoToTheMiddle() {
    double[][] target = {{1, 2, 3}, {3, 4, 5}};
    double[][] aligned = Procrustes.align(new double[][] {{7, 7, 7}, {7, 7, 7}}, target);
    assertArrayEquals(new double[] {2, 3, 4}, aligned[0], 1e-12);
  }
}
