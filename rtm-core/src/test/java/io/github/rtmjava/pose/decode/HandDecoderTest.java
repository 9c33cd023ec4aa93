package io.github.rtmjava.pose.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two keypoints per hand in volumes of 4 slices, 3 rows and 5 columns; two crops. */
class HandDecoderTest {
  private static final int DEPTH = 4;
  private static final int ROWS = 3;
  private static final int COLUMNS = 5;
  private static final int CELLS = DEPTH * ROWS * COLUMNS;

  private final HandDecoder decoder =
      new HandDecoder(new Codec.HandVolumes(DEPTH, 0.4, 0.8, 255), InputSpec.rgb(20, 12));
  private final float[] right = low();
  private final float[] left = low();
  private final float[] root = new float[16];
  private final float[] types = {1, -1, -2, 0.5f};

  @Test
  void theMaximumTellsColumnRowAndDepth() {
    right[at(0, 0, 3, 2, 4)] = 90;
    left[at(0, 1, 0, 1, 0)] = 80;
    HandKeypoints found = decoder.decode(outputs(), 0);
    assertArrayEquals(new float[] {16, -4, -4, 0}, found.x());
    assertArrayEquals(new float[] {8, -4, -4, 4}, found.y());
    assertArrayEquals(new float[] {0.1f, -0.3f, -0.3f, -0.2f}, found.z());
    assertArrayEquals(new float[] {90, -1, -1, 80}, found.scores());
  }

  @Test
  void theFirstOfEqualMaximaCountsSliceBySlice() {
    right[at(0, 0, 2, 0, 0)] = 7;
    right[at(0, 0, 1, 2, 3)] = 7;
    right[at(0, 0, 1, 2, 4)] = 7;
    HandKeypoints found = decoder.decode(outputs(), 0);
    assertEquals(12, found.x()[0]);
    assertEquals(8, found.y()[0]);
    assertEquals(-0.1f, found.z()[0]);
  }

  @Test
  void aMaximumOfZeroIsNothing() {
    right[at(0, 0, 2, 0, 0)] = 0;
    HandKeypoints found = decoder.decode(outputs(), 0);
    assertEquals(0, found.scores()[0]);
    assertEquals(-4, found.x()[0]);
  }

  @Test
  void everyCropOfABatchHasItsOwn() {
    right[at(1, 1, 1, 1, 1)] = 3;
    root[8 + 6] = 60;
    HandKeypoints found = decoder.decode(outputs(), 1);
    assertArrayEquals(new float[] {-1, 3, -1, -1}, found.scores());
    assertFalse(found.hands().right());
    assertTrue(found.hands().left());
    assertEquals(0.2f, found.hands().relativeRootDepth(), 1e-6f);
  }

  @Test
  void theRootsDepthIsTheMeanBin() {
    // Equal logits: the mean of the bins 0 to 7 is half a bin before the middle.
    assertEquals(-0.05f, decoder.decode(outputs(), 0).hands().relativeRootDepth(), 1e-6f);
  }

  @Test
  void aHandIsThereAboveOneHalf() {
    Hands hands = decoder.decode(outputs(), 0).hands();
    assertTrue(hands.right());
    assertFalse(hands.left());
    assertEquals(0.7310586f, hands.rightScore(), 1e-6f);
    assertEquals(0.26894143f, hands.leftScore(), 1e-6f);
  }

  @Test
  void aMissingOutputIsNamed() {
    Map<String, Tensor> outputs = outputs();
    outputs.remove("root_depth");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> decoder.decode(outputs, 0));
    assertTrue(e.getMessage().startsWith("expected the output root_depth"), e.getMessage());
  }

  @Test
  void volumesOfAnotherDepthAreRefused() {
    HandDecoder deeper =
        new HandDecoder(new Codec.HandVolumes(5, 0.4, 0.4, 255), InputSpec.rgb(20, 12));
    assertThrows(IllegalArgumentException.class, () -> deeper.decode(outputs(), 0));
  }

  private Map<String, Tensor> outputs() {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    outputs.put("right_volumes", Tensor.of(right, 2, 2 * DEPTH, ROWS, COLUMNS));
    outputs.put("left_volumes", Tensor.of(left, 2, 2 * DEPTH, ROWS, COLUMNS));
    outputs.put("root_depth", Tensor.of(root, 2, 8));
    outputs.put("hand_type", Tensor.of(types, 2, 2));
    return outputs;
  }

  private static float[] low() {
    float[] values = new float[2 * 2 * CELLS];
    Arrays.fill(values, -1);
    return values;
  }

  private static int at(int crop, int keypoint, int slice, int row, int column) {
    return (((crop * 2 + keypoint) * DEPTH + slice) * ROWS + row) * COLUMNS + column;
  }
}
