package io.github.rtmjava.pose3d.rtmo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two levels of 4x4 and 2x2 cells on an input of 64x64 pixels. */
class CandidateDecoderTest {
  private static final float NOBODY = -20;

  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final CandidateDecoder decoder =
      new CandidateDecoder(new Codec.Dcc(0.1f, 100, 0.65f, 3, 1.25f), InputSpec.plainBgr(64, 64));

  CandidateDecoderTest() {
    for (int level = 0; level < 2; level++) {
      int side = 4 >> level;
      float[] scores = new float[2 * side * side];
      Arrays.fill(scores, NOBODY);
      outputs.put("cls" + level, Tensor.of(scores, 2, 1, side, side));
      outputs.put("bbox" + level, Tensor.of(new float[8 * side * side], 2, 4, side, side));
      outputs.put("kptvis" + level, Tensor.of(new float[4 * side * side], 2, 2, side, side));
      outputs.put("pose" + level, Tensor.of(new float[6 * side * side], 2, 3, side, side));
    }
  }

  private void set(String output, int index, int channel, int row, int column, double value) {
    Tensor tensor = outputs.get(output);
    int[] dims = tensor.shape().dims();
    int at = ((index * dims[1] + channel) * dims[2] + row) * dims[3] + column;
    tensor.floats().put(at, (float) value);
  }

  @Test
  void aBoxLiesAroundTheMiddleOfItsCell() {
    set("cls0", 0, 0, 1, 2, 0);
    set("bbox0", 0, 0, 1, 2, 0.5);
    set("bbox0", 0, 1, 1, 2, -0.25);
    set("bbox0", 0, 2, 1, 2, Math.log(2));
    set("bbox0", 0, 3, 1, 2, Math.log(3));
    PoseCandidate found = decoder.decode(outputs, 0).get(0);
    assertEquals(39.5f, found.cellX());
    assertEquals(23.5f, found.cellY());
    assertArrayEquals(
        new float[] {47.5f - 16, 19.5f - 24, 47.5f + 16, 19.5f + 24}, found.box().toArray(), 1e-4f);
    assertEquals(0.5f, found.score());
  }

  @Test
  void thePoseAndVisibilitiesAreTheCells() {
    set("cls1", 0, 0, 0, 1, 3);
    set("kptvis1", 0, 1, 0, 1, 100);
    set("pose1", 0, 2, 0, 1, 7);
    PoseCandidate found = decoder.decode(outputs, 0).get(0);
    assertArrayEquals(new float[] {0.5f, 1}, found.visibilities());
    assertArrayEquals(new float[] {0, 0, 7}, found.vector());
  }

  @Test
  void onlyScoresAboveTheThresholdCount() {
    set("cls0", 0, 0, 0, 0, Math.log(0.0999 / 0.9001));
    assertEquals(List.of(), decoder.decode(outputs, 0));
    set("cls0", 0, 0, 0, 0, Math.log(0.1001 / 0.8999));
    assertEquals(1, decoder.decode(outputs, 0).size());
  }

  @Test
  void picturesOfABatchAreApart() {
    set("cls0", 1, 0, 3, 3, 1);
    assertEquals(0, decoder.decode(outputs, 0).size());
    assertEquals(1, decoder.decode(outputs, 1).size());
  }

  @Test
  void theBestOfThoseThatOverlapRemainsAndTheBestComesFirst() {
    set("cls0", 0, 0, 0, 0, 1);
    set("cls0", 0, 0, 0, 1, 2);
    set("bbox0", 0, 0, 0, 1, -1); // the same box as its neighbour's
    set("cls0", 0, 0, 3, 3, 0);
    List<PoseCandidate> found = decoder.decode(outputs, 0);
    assertEquals(2, found.size());
    assertEquals(23.5f, found.get(0).cellX());
    assertEquals(55.5f, found.get(1).cellX());
  }

  @Test
  void noMoreThanTheLimitRemain() {
    for (int i = 0; i < 4; i++) {
      set("cls0", 0, 0, i, i, i);
    }
    assertEquals(3, decoder.decode(outputs, 0).size());
  }

  @Test
  void boxesThatAreNotFiniteAreNobody() {
    set("cls0", 0, 0, 0, 0, 1);
    set("bbox0", 0, 2, 0, 0, 1000);
    assertEquals(List.of(), decoder.decode(outputs, 0));
  }

  @Test
  void theUnionIsNeverSmallerThanUpstreams() {
    Box tiny = new Box(0, 0, 1e-4f, 1e-4f);
    assertEquals(0.01f, CandidateDecoder.overlap(tiny, tiny), 1e-6f);
    assertEquals(0, CandidateDecoder.overlap(tiny, new Box(1, 1, 2, 2)));
  }

  @Test
  void anOutputThatIsMissingIsNamed() {
    outputs.remove("pose1");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> decoder.decode(outputs, 0));
    assertEquals(true, e.getMessage().contains("expected the output pose1"), e.getMessage());
  }
}
