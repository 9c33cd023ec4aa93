package io.github.rtmjava.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
  private static final Map<String, float[]> EXPECTED =
      Map.of("x", new float[] {-1, 0, 3}, "y", new float[] {100, 200});

  @Test
  void differencesAreSharesOfEachRange() {
    Map<String, float[]> found =
        Map.of("x", new float[] {-1, 0.02f, 3}, "y", new float[] {100, 200.1f});
    assertEquals(0.005, Outputs.difference(EXPECTED, found), 1e-6);
  }

  @Test
  void equalOutputsDoNotDiffer() {
    assertEquals(0, Outputs.difference(EXPECTED, EXPECTED));
  }

  @Test
  void whatIsNoNumberDiffersWithoutLimit() {
    Map<String, float[]> found =
        Map.of("x", new float[] {-1, Float.NaN, 3}, "y", new float[] {100, 200});
    assertEquals(Double.POSITIVE_INFINITY, Outputs.difference(EXPECTED, found));
  }

  @Test
  void missingOutputsAndValuesDifferWithoutLimit() {
    assertEquals(
        Double.POSITIVE_INFINITY,
        Outputs.difference(EXPECTED, Map.of("x", new float[] {-1, 0, 3})));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Outputs.difference(
            EXPECTED, Map.of("x", new float[] {-1, 0}, "y", new float[] {100, 200})));
  }

  @Test
  void outputsComeBackFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("outputs");
    Outputs.write(EXPECTED, file);
    Map<String, float[]> read = Outputs.read(file);
    assertEquals(EXPECTED.keySet(), read.keySet());
    assertArrayEquals(EXPECTED.get("x"), read.get("x"));
  }
}
