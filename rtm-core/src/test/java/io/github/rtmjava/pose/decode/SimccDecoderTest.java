package io.github.rtmjava.pose.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimccDecoderTest {
  private static final Codec.Simcc FLAT = new Codec.Simcc(2, 0, 0, 0);
  private static final Codec.Simcc DEEP = new Codec.Simcc(2, 288, 2.1744869, 5.14388);

  @Test
  void aPeakIsFoundWhereverItLies() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 100; round++) {
      int people = 1 + random.nextInt(3);
      int count = 1 + random.nextInt(5);
      int[][] x = new int[people][count];
      int[][] y = new int[people][count];
      Map<String, Tensor> outputs =
          Map.of("simcc_x", peaks(random, x, 31), "simcc_y", peaks(random, y, 47));
      for (int p = 0; p < people; p++) {
        SimccKeypoints found = new SimccDecoder(FLAT).decode(outputs, p);
        for (int k = 0; k < count; k++) {
          assertEquals(x[p][k] / 2f, found.x()[k]);
          assertEquals(y[p][k] / 2f, found.y()[k]);
        }
        assertEquals(0, found.z().length);
      }
    }
  }

  @Test
  void theFirstOfEqualMaximaWins() {
    Map<String, Tensor> outputs =
        Map.of(
            "simcc_x", Tensor.of(new float[] {0, 3, 3, 1}, 1, 1, 4),
            "simcc_y", Tensor.of(new float[] {2, 2, 2}, 1, 1, 3));
    SimccKeypoints found = new SimccDecoder(FLAT).decode(outputs, 0);
    assertEquals(0.5f, found.x()[0]);
    assertEquals(0, found.y()[0]);
    assertEquals(2, found.scores()[0]);
  }

  @Test
  void aScoreThatIsNotPositiveMeansMinusOneBin() {
    Map<String, Tensor> outputs =
        Map.of(
            "simcc_x", Tensor.of(new float[] {5, 9}, 1, 1, 2),
            "simcc_y", Tensor.of(new float[] {-1, 0}, 1, 1, 2),
            "simcc_z", Tensor.of(new float[] {1, 2}, 1, 1, 2));
    SimccKeypoints found = new SimccDecoder(DEEP).decode(outputs, 0);
    assertEquals(-0.5f, found.x()[0]);
    assertEquals(-0.5f, found.y()[0]);
    assertEquals(-0.5f, found.depth()[0]);
    assertEquals(-2.182, found.z()[0], 1e-3);
  }

  @Test
  void aMissingAxisIsNamed() {
    Map<String, Tensor> outputs = Map.of("simcc_x", Tensor.of(new float[] {5, 9}, 1, 1, 2));
    SimccDecoder decoder = new SimccDecoder(FLAT);
    assertThrows(IllegalArgumentException.class, () -> decoder.decode(outputs, 0));
  }

  @Test
  void decodesAsUpstreamDoes() throws IOException {
    Map<String, Tensor> data = Npz.read(SharedData.path("oracle/prep/codec.npz"));
    Map<String, Tensor> outputs =
        Map.of("simcc_x", get(data, "x"), "simcc_y", get(data, "y"), "simcc_z", get(data, "z"));
    SimccKeypoints flat = new SimccDecoder(FLAT).decode(outputs, 0);
    float[] expected = get(data, "codec_plain_kpts").toFloats();
    float[] expected3d = get(data, "codec3d_kpts").toFloats();
    float[] bins = get(data, "codec3d_kpts_simcc").toFloats();
    SimccKeypoints deep = new SimccDecoder(DEEP).decode(outputs, 0);
    for (int k = 0; k < flat.scores().length; k++) {
      assertEquals(expected[2 * k], flat.x()[k]);
      assertEquals(expected[2 * k + 1], flat.y()[k]);
      assertEquals(expected3d[3 * k], deep.x()[k]);
      assertEquals(expected3d[3 * k + 1], deep.y()[k]);
      assertEquals(expected3d[3 * k + 2], deep.z()[k], 1e-6);
      assertEquals(bins[3 * k + 2], deep.depth()[k]);
    }
    assertArrayEquals(get(data, "codec_plain_scores").toFloats(), flat.scores());
    assertArrayEquals(get(data, "codec3d_scores").toFloats(), deep.scores());
  }

  @Test
  void decodesVisibilityAsUpstreamDoes() throws IOException {
    Map<String, Tensor> data = Npz.read(SharedData.path("oracle/prep/codec.npz"));
    Map<String, Tensor> outputs = Map.of("simcc_x", get(data, "x"), "simcc_y", get(data, "y"));
    Codec.Simcc codec = new Codec.Simcc(2, 0, 0, 0, Codec.Visibility.ofSigma(4.9, 5.66));
    SimccKeypoints found = new SimccDecoder(codec).decode(outputs, 0);
    assertArrayEquals(get(data, "codec_vis_visibility").toFloats(), found.visibilities(), 1e-3f);
    assertArrayEquals(get(data, "codec_vis_scores").toFloats(), found.scores());
  }

  @Test
  void visibilityIsTheSmallerShareOfASharpenedSoftmax() {
    Map<String, Tensor> outputs =
        Map.of(
            "simcc_x", Tensor.of(new float[] {1, 1, 1, -99}, 1, 1, 4),
            "simcc_y", Tensor.of(new float[] {(float) Math.log(3), 0}, 1, 1, 2));
    Codec.Simcc codec = new Codec.Simcc(2, 0, 0, 0, new Codec.Visibility(5, 1));
    assertEquals(1 / 3f, new SimccDecoder(codec).decode(outputs, 0).visibilities()[0], 1e-6);
    Codec.Simcc even = new Codec.Simcc(2, 0, 0, 0, new Codec.Visibility(1e-9, 1));
    assertEquals(1 / 4f, new SimccDecoder(even).decode(outputs, 0).visibilities()[0], 1e-6);
  }

  private static Tensor get(Map<String, Tensor> data, String name) {
    return Objects.requireNonNull(data.get(name));
  }

  private static Tensor peaks(SplittableRandom random, int[][] positions, int bins) {
    int people = positions.length;
    int count = positions[0].length;
    float[] values = new float[people * count * bins];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(0.5);
    }
    for (int p = 0; p < people; p++) {
      for (int k = 0; k < count; k++) {
        positions[p][k] = random.nextInt(bins);
        values[(p * count + k) * bins + positions[p][k]] = 1;
      }
    }
    return Tensor.of(values, people, count, bins);
  }
}
