package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Nd4jBackendTest {
  @ParameterizedTest
  @CsvSource({
    "3, 5, false",
    "3, 7, true",
    "6, 1, true",
    "8, 6, true",
    "8, 9, true",
    "9, 0, false",
    "10, 0, false",
    "12, 0, false"
  })
  void servesGpusFromKeplerToAda(int major, int minor, boolean served) {
    assertEquals(served, new Nd4jBackend.Gpu(0, "gpu", major, minor).served());
  }

  @Test
  void saysWhichGpuItRefusesAndWhy() {
    String refusal = new Nd4jBackend.Gpu(1, "NVIDIA H200", 9, 0).refusal();
    assertTrue(refusal.contains("cuda:1 NVIDIA H200 (compute capability 9.0)"), refusal);
    assertTrue(refusal.contains("3.7 (Kepler) to 8.9 (Ada)"), refusal);
  }

  @Test
  void knowsItsVersion() {
    assertEquals("1.0.0-M2.1", Nd4jBackend.load().version());
  }
}
