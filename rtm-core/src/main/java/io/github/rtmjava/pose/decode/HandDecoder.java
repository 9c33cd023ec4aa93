package io.github.rtmjava.pose.decode;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Decodes InterNet's outputs as mmpose's {@code get_heatmap_3d_maximum} and {@code
 * Hand3DHeatmap.decode} do: the first maximum of each keypoint's volume; where it is not positive,
 * every coordinate is −1 cell; a hand is there where its logit is positive. No refinement.
 */
public final class HandDecoder {
  private static final int RIGHT = 0;
  private static final int LEFT = 1;

  private final Codec.HandVolumes codec;
  private final InputSpec input;

  /**
   * A decoder.
   *
   * @param input of the network, whose pixels the keypoints are in
   */
  public HandDecoder(Codec.HandVolumes codec, InputSpec input) {
    this.codec = codec;
    this.input = input;
  }

  /**
   * Decodes one crop of a batch.
   *
   * @param outputs {@code right_volumes} and {@code left_volumes} [N, K / 2 · depth, H, W], {@code
   *     root_depth} [N, bins] and {@code hand_type} [N, 2], all raw
   * @param crop index in the batch
   * @throws IllegalArgumentException if an output is missing or of another shape
   */
  public HandKeypoints decode(Map<String, Tensor> outputs, int crop) {
    Tensor right = output(outputs, "right_volumes", 4);
    Tensor left = output(outputs, "left_volumes", 4);
    Shape shape = right.shape();
    if (!shape.equals(left.shape()) || shape.dim(1) % codec.depthBins() != 0) {
      throw new IllegalArgumentException(
          "expected the volumes of two hands, each %s deep, found %s and %s"
              .formatted(codec.depthBins(), shape, left.shape()));
    }
    int each = shape.dim(1) / codec.depthBins();
    Found found = new Found(new float[2 * each], new int[2 * each]);
    int cells = codec.depthBins() * shape.dim(2) * shape.dim(3);
    search(right, crop, cells, found, 0, each);
    search(left, crop, cells, found, each, 2 * each);
    return keypoints(found, shape, hands(outputs, crop));
  }

  /**
   * The largest value of each keypoint's volume.
   *
   * @param maxima [K]
   * @param cells [K] where it stands first; -1 where it is not positive
   */
  private record Found(float[] maxima, int[] cells) {}

  private static void search(Tensor volumes, int crop, int cells, Found found, int from, int to) {
    FloatBuffer values = volumes.floats().position(crop * (to - from) * cells);
    float[] slice = new float[volumes.shape().dim(2) * volumes.shape().dim(3)];
    for (int k = from; k < to; k++) {
      float best = Float.NEGATIVE_INFINITY;
      int at = 0;
      for (int start = 0; start < cells; start += slice.length) {
        values.get(slice);
        float max = max(slice);
        if (max > best) {
          best = max;
          at = start + indexOf(slice, max);
        }
      }
      found.maxima[k] = best;
      found.cells[k] = best > 0 ? at : -1;
    }
  }

  private static float max(float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  private static int indexOf(float[] values, float value) {
    int i = 0;
    while (values[i] != value) {
      i++;
    }
    return i;
  }

  private HandKeypoints keypoints(Found found, Shape shape, Hands hands) {
    int rows = shape.dim(2);
    int columns = shape.dim(3);
    float cellX = (float) ((double) input.width() / columns);
    float cellY = (float) ((double) input.height() / rows);
    int count = found.cells.length;
    HandKeypoints out =
        new HandKeypoints(
            new float[count], new float[count], new float[count], found.maxima, hands);
    for (int k = 0; k < count; k++) {
      int cell = found.cells[k];
      int column = cell < 0 ? -1 : cell % columns;
      int row = cell < 0 ? -1 : cell / columns % rows;
      int slice = cell < 0 ? -1 : cell / columns / rows;
      out.x()[k] = column * cellX;
      out.y()[k] = row * cellY;
      out.z()[k] = (float) (((double) slice / codec.depthBins() - 0.5) * codec.depthRange());
    }
    return out;
  }

  private Hands hands(Map<String, Tensor> outputs, int crop) {
    float[] types = row(output(outputs, "hand_type", 2), crop);
    if (types.length != 2) {
      throw new IllegalArgumentException(
          "expected the output hand_type [N, 2], found [N, %s]".formatted(types.length));
    }
    float[] bins = row(output(outputs, "root_depth", 2), crop);
    double depth = (expectation(bins) / bins.length - 0.5) * codec.rootRange();
    return new Hands(
        types[RIGHT] > 0,
        types[LEFT] > 0,
        sigmoid(types[RIGHT]),
        sigmoid(types[LEFT]),
        (float) depth);
  }

  /** The mean bin under a softmax. */
  private static double expectation(float[] logits) {
    float max = max(logits);
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < logits.length; i++) {
      double share = Math.exp((double) logits[i] - max);
      sum += share;
      weighted += share * i;
    }
    return weighted / sum;
  }

  private static float sigmoid(float logit) {
    return (float) (1 / (1 + Math.exp(-(double) logit)));
  }

  private static float[] row(Tensor matrix, int index) {
    int n = matrix.shape().dim(1);
    float[] row = new float[n];
    matrix.floats().position(index * n).get(row);
    return row;
  }

  private static Tensor output(Map<String, Tensor> outputs, String name, int rank) {
    Tensor tensor = outputs.get(name);
    if (tensor == null || tensor.shape().rank() != rank) {
      throw new IllegalArgumentException(
          "expected the output %s of %s dimensions, found %s".formatted(name, rank, outputs));
    }
    return tensor;
  }
}
