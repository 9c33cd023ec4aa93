package io.github.rtmjava.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void medianOfAnOddNumberIsTheMiddleValue() {
    assertEquals(2, Timing.median(new double[] {9, 1, 2}));
  }

  @Test
  void medianOfAnEvenNumberLiesBetween() {
    assertEquals(2.5, Timing.median(new double[] {3, 9, 1, 2}));
  }

  @Test
  void thereIsOneTimePerRunAndOneRunAtLeast() {
    AtomicInteger runs = new AtomicInteger();
    assertEquals(1, Timing.run(runs::incrementAndGet, 0).length);
    assertEquals(1, runs.get());
  }
}
