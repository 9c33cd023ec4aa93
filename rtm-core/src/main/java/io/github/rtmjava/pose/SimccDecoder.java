package io.github.rtmjava.pose;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Decodes SimCC outputs as mmpose's {@code get_simcc_maximum} and {@code SimCC3DLabel.decode} do:
 * the first maximum per axis; the score is the smaller of the raw maxima in x and y; where it is
 * not positive, every coordinate is −1 bin. No softmax, no refinement.
 */
public final class SimccDecoder {
  private final Codec.Simcc codec;

  public SimccDecoder(Codec.Simcc codec) {
    this.codec = codec;
  }

  /**
   * Decodes one person of a batch.
   *
   * @param outputs {@code simcc_x} [N, K, bins], {@code simcc_y} [N, K, bins] and, in three
   *     dimensions, {@code simcc_z} [N, K, bins]
   * @param person index in the batch
   * @throws IllegalArgumentException if an output is missing or the numbers of keypoints differ
   */
  public SimccKeypoints decode(Map<String, Tensor> outputs, int person) {
    Tensor axisX = output(outputs, "simcc_x");
    Tensor axisY = output(outputs, "simcc_y");
    int count = axisX.shape().dim(1);
    boolean deep = codec.depth() > 0;
    float[] x = new float[count];
    float[] y = new float[count];
    float[] depth = new float[deep ? count : 0];
    float[] z = new float[deep ? count : 0];
    float[] scores = new float[count];

    float[] maxX = new float[count];
    float[] maxY = new float[count];
    maxima(axisX, person, x, maxX);
    maxima(axisY, person, y, maxY);
    if (deep) {
      maxima(output(outputs, "simcc_z"), person, depth, new float[count]);
    }
    float split = (float) codec.splitRatio();
    for (int k = 0; k < count; k++) {
      scores[k] = Math.min(maxX[k], maxY[k]);
      boolean found = scores[k] > 0;
      x[k] = (found ? x[k] : -1) / split;
      y[k] = (found ? y[k] : -1) / split;
      if (deep) {
        depth[k] = (found ? depth[k] : -1) / split;
        z[k] = (depth[k] / (codec.depth() / 2f) - 1) * (float) codec.zRange();
      }
    }
    return new SimccKeypoints(x, y, depth, z, scores);
  }

  private static Tensor output(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null || tensor.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "expected the output %s [N, K, bins], found %s".formatted(name, outputs));
    }
    return tensor;
  }

  private static void maxima(Tensor axis, int person, float[] positions, float[] values) {
    Shape shape = axis.shape();
    if (shape.dim(1) != positions.length) {
      throw new IllegalArgumentException(
          "expected %d keypoints on every axis, found %s".formatted(positions.length, shape));
    }
    FloatBuffer bins = axis.floats();
    int count = shape.dim(2);
    float[] row = new float[count];
    bins.position(person * positions.length * count);
    for (int k = 0; k < positions.length; k++) {
      bins.get(row);
      int best = 0;
      for (int i = 1; i < count; i++) {
        if (row[i] > row[best]) {
          best = i;
        }
      }
      positions[k] = best;
      values[k] = row[best];
    }
  }
}
