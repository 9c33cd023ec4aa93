package io.github.rtmjava.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.nn.Op.MaxPool;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolCascadeTest {
  private final Value x = new Value(0, "x", Shape.of(Shape.BATCH, 1, 20, 20));
  private final Value narrow = new Value(1, "narrow", x.shape());
  private final PoolCascade cascade = new PoolCascade();

  @ParameterizedTest
  @CsvSource({"3, 5", "5, 9", "5, 13", "9, 13", "3, 15", "2, 4", "4, 12", "1, 7"})
  void maximaOfMaximaAreTheSame(int kernel, int wider) {
    cascade.add(x, centred(kernel), narrow);
    PoolCascade.Maximum least = cascade.least(x, centred(wider));
    assertEquals(narrow, least.of());
    SplittableRandom random = new SplittableRandom(1);
    for (int extent = 1; extent < 20; extent++) {
      double[] row = random.doubles(extent, -2, -1).toArray();
      assertArrayEquals(
          maxima(row, centred(wider)), maxima(maxima(row, centred(kernel)), least.pool()));
    }
  }

  @Test
  void theWidestThatIsNarrowerIsTaken() {
    cascade.add(x, centred(3), new Value(2, "narrowest", x.shape()));
    cascade.add(x, centred(5), narrow);
    assertEquals(
        new PoolCascade.Maximum(new MaxPool(3, 1, 1), narrow), cascade.least(x, centred(7)));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, 2, 9, 1, 4",
    "5, 2, 2, 9, 1, 4",
    "5, 1, 2, 9, 2, 4",
    "5, 1, 0, 9, 1, 4",
    "5, 1, 2, 9, 1, 3",
    "9, 1, 4, 5, 1, 2"
  })
  void otherPoolsHaveNothingInCommon(
      int kernel, int stride, int padding, int wider, int wideStride, int widePadding) {
    MaxPool wide = new MaxPool(wider, wideStride, widePadding);
    cascade.add(x, new MaxPool(kernel, stride, padding), narrow);
    assertEquals(new PoolCascade.Maximum(wide, x), cascade.least(x, wide));
  }

  private static MaxPool centred(int kernel) {
    return new MaxPool(kernel, 1, kernel / 2);
  }

  /** One row is enough: maxima over squares are maxima over columns of maxima over rows. */
  private static double[] maxima(double[] row, MaxPool pool) {
    double[] out = new double[row.length + 2 * pool.padding() - pool.kernel() + 1];
    for (int i = 0; i < out.length; i++) {
      out[i] = Double.NEGATIVE_INFINITY;
      for (int at = i - pool.padding(); at < i - pool.padding() + pool.kernel(); at++) {
        if (at >= 0 && at < row.length) {
          out[i] = Math.max(out[i], row[at]);
        }
      }
    }
    return out;
  }
}
