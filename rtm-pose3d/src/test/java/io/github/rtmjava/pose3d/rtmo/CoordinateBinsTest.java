package io.github.rtmjava.pose3d.rtmo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class CoordinateBinsTest {
  private final CoordinateBins bins = CoordinateBins.of(5, 4);

  @Test
  void positionsAreTakenFromTheCell() {
    float[] out = new float[5 * 4];
    bins.encode(100, 40, 90, out);
    for (int i = 0; i < 5; i++) {
      double position = -10 + 10 * i;
      assertEquals(Math.cos(position), out[4 * i], 1e-6);
      assertEquals(Math.sin(position / Math.sqrt(300)), out[4 * i + 3], 1e-6);
    }
  }

  @Test
  void aSharpPeakIsItsBin() {
    FloatBuffer heatmap = FloatBuffer.wrap(new float[] {9, 9, 0, 0, 0, 100, 0}, 2, 5);
    assertEquals(110, bins.expectation(heatmap, 100, 40), 1e-4);
  }

  @Test
  void aFlatHeatmapIsTheMiddleOfTheBox() {
    assertEquals(100, bins.expectation(FloatBuffer.wrap(new float[5]), 100, 40), 1e-4);
  }

  @Test
  void twoEqualPeaksAreTheMiddleBetweenThem() {
    FloatBuffer heatmap = FloatBuffer.wrap(new float[] {500, 0, 500, 0, 0});
    assertEquals(90, bins.expectation(heatmap, 100, 40), 1e-4);
  }
}
