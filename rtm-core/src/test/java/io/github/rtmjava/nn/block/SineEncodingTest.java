package io.github.rtmjava.nn.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SineEncodingTest {

  @Test
  void cosinesComeBeforeSinesAndWavesGrowLonger() {
    float[] out = new float[4];
    new SineEncoding(4, 100).encode(3, 1, out, 0, 1, 4);
    assertEquals(Math.cos(3), out[0], 1e-7);
    assertEquals(Math.cos(0.3), out[1], 1e-7);
    assertEquals(Math.sin(3), out[2], 1e-7);
    assertEquals(Math.sin(0.3), out[3], 1e-7);
  }

  @Test
  void theLastOfManyPositionsIsAsGoodAsTheFirst() {
    int positions = 256;
    int features = 128;
    float[] out = new float[positions * features];
    new SineEncoding(features, 300).encode(-421.7, 3.313, out, 0, positions, features);
    for (int p = 0; p < positions; p++) {
      for (int i = 0; i < features / 2; i++) {
        double angle = (-421.7 + p * 3.313) / Math.pow(300, i / 64.0);
        assertEquals(Math.cos(angle), out[p * features + i], 1e-7);
        assertEquals(Math.sin(angle), out[p * features + features / 2 + i], 1e-7);
      }
    }
  }

  @Test
  void cellsHoldTheirRowThenTheirColumn() {
    float[] map = new SineEncoding(2, 10).ofMap(2, 3);
    int cell = 4 * (1 * 3 + 2);
    assertEquals(Math.cos(1), map[cell], 1e-7);
    assertEquals(Math.sin(1), map[cell + 1], 1e-7);
    assertEquals(Math.cos(2), map[cell + 2], 1e-7);
    assertEquals(Math.sin(2), map[cell + 3], 1e-7);
  }

  @Test
  void anOddNumberOfFeaturesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SineEncoding(3, 10));
  }

  @Test
  void aMapTooLargeForAnyNetworkIsRefused() {
    SineEncoding encoding = new SineEncoding(1 << 20, 10);
    assertThrows(IllegalArgumentException.class, () -> encoding.ofMap(128, 128));
  }
}
