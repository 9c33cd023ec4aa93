package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlipTestTest {
  @Test
  void aSetWithoutPairsIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FlipTest(KeypointSet.anonymous("my_mouse", 3)));
    assertTrue(e.getMessage().contains("'my_mouse'"), e.getMessage());
    assertTrue(e.getMessage().contains("flip_indices"), e.getMessage());
  }

  private static final KeypointSet HANDS =
      new KeypointSet(
          "two hands",
          List.of(
              new KeypointSet.Point("left", 1, 0.1f, 0),
              new KeypointSet.Point("right", 0, 0.1f, 0)),
          List.of());

  @Test
  void theSecondHalfOfABatchBecomesTheMirrorImageOfTheFirst() {
    Tensor batch = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0}, 2, 1, 2, 3);
    FlipTest.mirror(batch);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 3, 2, 1, 6, 5, 4}, batch.toFloats());
  }

  @Test
  void columnsAreReadBackwardsAndKeypointsExchanged() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 10, 20, 30, 100, 200, 300, 7, 8, 9}, 2, 2, 3);
    assertArrayEquals(
        new float[] {(1 + 9) / 2f, 5, (3 + 7) / 2f, 155, 110, 65},
        new FlipTest(HANDS).mean(Map.of("simcc_x", x)).get("simcc_x").toFloats());
  }

  @Test
  void rowsAreNot() {
    Tensor y = Tensor.of(new float[] {1, 2, 10, 20, 100, 200, 7, 8}, 2, 2, 2);
    assertArrayEquals(
        new float[] {4, 5, 55, 110},
        new FlipTest(HANDS).mean(Map.of("simcc_y", y)).get("simcc_y").toFloats());
  }
}
