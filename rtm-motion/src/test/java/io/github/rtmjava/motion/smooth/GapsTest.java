package io.github.rtmjava.motion.smooth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final double MISSING = Double.NaN;

  /** The numbers of scipy 1.17.1's {@code PchipInterpolator}. */
  @Test
  void fillsAsScipyDoes() {
    double[] filled =
        Gaps.fill(
            new double[] {0, 1, 2, 3, 4, 5, 6, 7.5},
            new double[] {0, 1, 1.5, MISSING, MISSING, 4, 3, 3.2},
            3);
    assertEquals(2.414814814814815, filled[3], 1e-12);
    assertEquals(3.4851851851851854, filled[4], 1e-12);
  }

  @Test
  void leavesLongGapsAndTheEnds() {
    double[] values = {MISSING, 1, MISSING, MISSING, 4, MISSING, 6, MISSING};
    double[] filled = Gaps.fill(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, values, 2);
    assertArrayEquals(new double[] {MISSING, 1, MISSING, MISSING, 4, 5, 6, MISSING}, filled, 1e-12);
  }

  @Test
  void findsASingleWrongValue() {
    double[] values = new double[30];
    Arrays.setAll(values, i -> 10 * Math.sin(i / 4.0));
    double[] least = new double[30];
    Arrays.fill(least, 0.1);
    for (boolean wrong : Hampel.outliers(values, least)) {
      assertFalse(wrong, "took a value of a sine for an outlier");
    }
    values[12] += 40;
    boolean[] outliers = Hampel.outliers(values, least);
    for (int i = 0; i < 30; i++) {
      assertEquals(i == 12, outliers[i]);
    }
  }

  @Test
  void doesNotJudgeAmongFewValues() {
    double[] values = {MISSING, 0, MISSING, 100, MISSING, 0, MISSING};
    double[] least = new double[7];
    for (boolean wrong : Hampel.outliers(values, least)) {
      assertFalse(wrong);
    }
    assertTrue(Hampel.outliers(new double[] {0, 0, 0, 100, 0, 0, 0}, least)[3]);
  }
}
