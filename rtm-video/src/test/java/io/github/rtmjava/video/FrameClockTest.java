package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FrameClockTest {
  private final FrameClock clock = new FrameClock(0.1);

  private double[] times(double... stamps) {
    return DoubleStream.of(stamps).map(clock::next).toArray();
  }

  @Test
  void stampsThatGrowStay() {
    assertArrayEquals(new double[] {0.02, 0.1, 0.5, 7}, times(0.02, 0.1, 0.5, 7));
    assertEquals(0, clock.repairs());
  }

  @Test
  void missingStampsFollowTheRate() {
    assertArrayEquals(
        new double[] {0, 0.1, 0.2, 0.3}, times(Double.NaN, Double.NaN, Double.NaN, 0.3), 1e-12);
    assertEquals(2, clock.repairs());
  }

  @Test
  void doubledStampsLieBetweenTheirNeighbours() {
    assertArrayEquals(new double[] {0, 0.05, 0.1}, times(0, 0, 0.1), 1e-12);
    assertEquals(1, clock.repairs());
  }

  @Test
  void afterABreakTheClockGoesOn() {
    assertArrayEquals(new double[] {0, 5, 5.1, 5.2, 5.3}, times(0, 5, 0, 0.1, 0.2), 1e-12);
    assertEquals(1, clock.repairs());
  }
}
