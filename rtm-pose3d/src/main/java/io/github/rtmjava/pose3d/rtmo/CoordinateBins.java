package io.github.rtmjava.pose3d.rtmo;

import io.github.rtmjava.nn.block.SineEncoding;
import java.nio.FloatBuffer;

/**
 * The bins of one axis of the dynamic coordinate classifier: spread evenly over a person's enlarged
 * box, from its one side to the other.
 *
 * @param count number of bins
 * @param encoding of their positions
 */
record CoordinateBins(int count, SineEncoding encoding) {
  /** What upstream's {@code DCC} uses unless told otherwise, and it never is. */
  private static final double TEMPERATURE = 300;

  static CoordinateBins of(int count, int features) {
    return new CoordinateBins(count, new SineEncoding(features, TEMPERATURE));
  }

  /**
   * Encodes the bins' positions relative to the cell that found the person.
   *
   * @param center of the box in pixels of the input
   * @param extent of the enlarged box in pixels of the input
   * @param cell the cell's middle in pixels of the input
   * @param out [count, features], filled to its end
   */
  void encode(float center, float extent, float cell, float[] out) {
    double first = center - cell - 0.5 * extent;
    encoding.encode(first, extent / (count - 1.0), out, 0, count, encoding.features());
  }

  /**
   * The expectation of a coordinate over the softmax of its heatmap.
   *
   * @param heatmap its {@code count} values at the position
   * @return pixels of the input
   */
  float expectation(FloatBuffer heatmap, float center, float extent) {
    float max = Float.NEGATIVE_INFINITY;
    int at = heatmap.position();
    for (int i = 0; i < count; i++) {
      max = Math.max(max, heatmap.get(at + i));
    }
    double sum = 0;
    double moment = 0;
    for (int i = 0; i < count; i++) {
      double weight = Math.exp(heatmap.get(at + i) - max);
      sum += weight;
      moment += weight * (i / (count - 1.0) - 0.5);
    }
    return (float) (moment / sum * extent + center);
  }
}
