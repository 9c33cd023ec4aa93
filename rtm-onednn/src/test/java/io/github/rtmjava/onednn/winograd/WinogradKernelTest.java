package io.github.rtmjava.onednn.winograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Eltwise;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with the definition, computed in float64. */
class WinogradKernelTest {
  @BeforeAll
  static void onOneThread() {
    Dnnl.get().openMp().setThreads(1);
  }

  /** Shapes that need not be met in any network: odd sizes, windows, blocks that end anywhere. */
  static Stream<Case> randomCases() {
    return IntStream.range(0, 60)
        .mapToObj(
            seed -> {
              Random random = new Random(seed);
              Tile tile = List.of(Tile.values()).get(seed % 3);
              int wide = random.nextInt(4);
              int channels = 1 + random.nextInt(wide == 0 ? 600 : 40);
              int parts = 1 + random.nextInt(3);
              int filters = parts * (1 + random.nextInt(wide == 1 ? 600 : 40) / parts);
              WinogradShape shape =
                  new WinogradShape(
                      tile,
                      1 + random.nextInt(2),
                      1 + random.nextInt(11),
                      1 + random.nextInt(wide < 2 ? 5 : 22),
                      channels,
                      filters,
                      channels + random.nextInt(2) * random.nextInt(20),
                      filters + random.nextInt(2) * random.nextInt(20),
                      1 + random.nextInt(20),
                      parts);
              return Case.of(
                  shape,
                  Arrays.asList(null, Eltwise.RELU, Eltwise.SILU).get(random.nextInt(3)),
                  random.nextBoolean(),
                  seed);
            });
  }

  @ParameterizedTest
  @MethodSource("randomCases")
  void followsTheDefinition(Case run) throws InterruptedException {
    WinogradShape shape = run.shape();
    float[] found = run.run(1 + shape.tiles() % 3);
    double[] expected = run.expected();
    double tolerance = shape.tile() == Tile.M2 ? 5e-6 : 1e-4;
    for (int i = 0; i < expected.length; i++) {
      int at = i / shape.filters() * shape.destinationPitch() + i % shape.filters();
      assertEquals(expected[i], found[at], tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("randomCases")
  void writesNothingBesideTheWindow(Case run) throws InterruptedException {
    WinogradShape shape = run.shape();
    float[] found = run.run(2);
    for (int i = 0; i < found.length; i++) {
      if (i % shape.destinationPitch() >= shape.filters()) {
        assertEquals(Case.UNTOUCHED, found[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("randomCases")
  void isTheSameOnAnyNumberOfThreads(Case run) throws InterruptedException {
    float[] one = run.run(1);
    assertArrayEquals(one, run.run(2));
    assertArrayEquals(one, run.run(3));
  }

  @Test
  void takesAnyBlockSize() throws InterruptedException {
    for (int tiles = 1; tiles <= 12; tiles++) {
      WinogradShape shape = new WinogradShape(Tile.M4, 1, 11, 13, 48, 32, 48, 32, tiles, 1);
      Case run = Case.of(shape, Eltwise.SILU, false, 7);
      float[] found = run.run(1);
      double[] expected = run.expected();
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 5e-5);
      }
    }
  }

  @Test
  void keepsNaNWhereItReaches() throws InterruptedException {
    WinogradShape shape = new WinogradShape(Tile.M4, 1, 8, 8, 4, 4, 4, 4, 4, 1);
    Case run = Case.of(shape, Eltwise.SILU, false, 1);
    run.source()[(3 * 8 + 3) * 4] = Float.NaN;
    float[] found = run.run(1);
    assertTrue(Float.isNaN(found[(3 * 8 + 3) * 4]));
  }

  @Test
  void refusesWeightsOfAnotherConvolution() {
    WinogradShape shape = new WinogradShape(Tile.M4, 1, 8, 8, 4, 4, 4, 4, 4, 1);
    WinogradShape other = new WinogradShape(Tile.M2, 1, 8, 8, 4, 4, 4, 4, 4, 1);
    try (WinogradWeights weights = WinogradWeights.of(shape, FloatBuffer.allocate(4 * 4 * 9))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new WinogradKernel(other, weights, new float[4], null));
    }
  }

  @Test
  void refusesFiltersOfAnotherSize() {
    WinogradShape shape = new WinogradShape(Tile.M4, 1, 8, 8, 4, 4, 4, 4, 4, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> WinogradWeights.of(shape, FloatBuffer.allocate(4 * 4 * 9 - 1)));
  }
}
