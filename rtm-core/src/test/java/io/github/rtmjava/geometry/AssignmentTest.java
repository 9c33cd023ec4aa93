package io.github.rtmjava.geometry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void givesUpTheBestPairForABetterSum() {
    assertArrayEquals(new int[] {1, 0}, Assignment.maximise(new double[][] {{10, 9}, {9, 1}}));
  }

  @Test
  void leavesAloneWhatGainsNothing() {
    assertArrayEquals(
        new int[] {-1, 1},
        Assignment.maximise(
            new double[][] {{0, -1, Double.NaN}, {Double.NEGATIVE_INFINITY, 2, 0}}));
  }

  @Test
  void takesEmptyProblems() {
    assertArrayEquals(new int[0], Assignment.maximise(new double[0][]));
    assertArrayEquals(new int[] {-1, -1}, Assignment.maximise(new double[2][0]));
  }

  @Test
  void findsWhatTryingEverythingFinds() {
    Random random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      double[][] gains = new double[random.nextInt(6) + 1][random.nextInt(6) + 1];
      for (double[] row : gains) {
        for (int c = 0; c < row.length; c++) {
          row[c] =
              switch (random.nextInt(4)) {
                case 0 -> Double.NaN;
                case 1 -> random.nextInt(4) - 1;
                default -> random.nextDouble() - 0.2;
              };
        }
      }
      int[] found = Assignment.maximise(gains);
      double sum = 0;
      boolean[] taken = new boolean[gains[0].length];
      for (int r = 0; r < found.length; r++) {
        if (found[r] >= 0) {
          assertFalse(taken[found[r]], "column taken twice");
          assertTrue(gains[r][found[r]] > 0);
          taken[found[r]] = true;
          sum += gains[r][found[r]];
        }
      }
      assertEquals(best(gains, 0, new boolean[taken.length]), sum, 1e-9);
    }
  }

  private static double best(double[][] gains, int row, boolean[] taken) {
    if (row == gains.length) {
      return 0;
    }
    double best = best(gains, row + 1, taken);
    for (int c = 0; c < taken.length; c++) {
      if (!taken[c] && gains[row][c] > 0) {
        taken[c] = true;
        best = Math.max(best, gains[row][c] + best(gains, row + 1, taken));
        taken[c] = false;
      }
    }
    return best;
  }
}
