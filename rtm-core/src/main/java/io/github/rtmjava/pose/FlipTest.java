package io.github.rtmjava.pose;

import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * mmpose's flip test for SimCC outputs ({@code flip_vectors}, without shift): the mean of what a
 * crop and its mirror image give. Published figures of two-dimensional pose models include it.
 */
public final class FlipTest {
  private final int[] mirrored;

  /**
   * For the keypoints of a dataset.
   *
   * @throws IllegalArgumentException if nobody says which keypoints change places in the mirror
   */
  public FlipTest(KeypointSet keypoints) {
    if (!keypoints.knowsMirror()) {
      throw new IllegalArgumentException(
          "a flip test needs to know which keypoints change places in the mirror, and nothing says"
              + " so"
              + " of the set '%s': leave it out, or convert a checkpoint whose dataset_meta has"
                  .formatted(keypoints.name())
              + " flip_indices");
    }
    mirrored = keypoints.points().stream().mapToInt(KeypointSet.Point::flipped).toArray();
  }

  /**
   * Writes the mirror images of the first half of a batch into its second half.
   *
   * @param batch [2 N, C, H, W]
   */
  public static void mirror(Tensor batch) {
    int width = batch.shape().dim(3);
    FloatBuffer values = batch.floats();
    int half = values.limit() / 2;
    float[] row = new float[width];
    float[] back = new float[width];
    for (int at = 0; at < half; at += width) {
      values.get(at, row);
      for (int x = 0; x < width; x++) {
        back[x] = row[width - 1 - x];
      }
      values.put(half + at, back);
    }
  }

  /**
   * The mean over both halves of a batch, the second brought back from the mirror.
   *
   * @param outputs {@code simcc_x} and {@code simcc_y}, [2 N, K, bins]
   * @return the same names, [N, K, bins]
   */
  public Map<String, Tensor> mean(Map<String, Tensor> outputs) {
    Map<String, Tensor> means = new LinkedHashMap<>();
    outputs.forEach((name, both) -> means.put(name, mean(both, name.equals("simcc_x"))));
    return means;
  }

  private Tensor mean(Tensor both, boolean backwards) {
    Shape shape = both.shape();
    int people = shape.dim(0) / 2;
    int keypoints = shape.dim(1);
    int bins = shape.dim(2);
    FloatBuffer values = both.floats();
    Tensor means = Tensor.onHeap(DType.FLOAT32, Shape.of(people, keypoints, bins));
    FloatBuffer out = means.floats();
    float[] mean = new float[bins];
    float[] row = new float[bins];
    for (int i = 0; i < people * keypoints; i++) {
      int k = i % keypoints;
      values.get(i * bins, mean);
      values.get(((people * keypoints + i) - k + mirrored[k]) * bins, row);
      for (int b = 0; b < bins; b++) {
        mean[b] = (mean[b] + row[backwards ? bins - 1 - b : b]) * 0.5f;
      }
      out.put(mean);
    }
    return means;
  }
}
