package io.github.rtmjava.pose.decode;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Decodes SimCC outputs as mmpose's {@code get_simcc_maximum}, {@code SimCCLabel.decode} and {@code
 * SimCC3DLabel.decode} do: the first maximum per axis; the score is the smaller of the raw maxima
 * in x and y; where it is not positive, every coordinate is −1 bin. No refinement.
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
    Codec.Visibility visibility = codec.visibility();
    Tensor axisX = output(outputs, "simcc_x");
    Tensor axisY = output(outputs, "simcc_y");
    int count = axisX.shape().dim(1);
    Axis x = Axis.of(axisX, person, count, visibility == null ? 0 : visibility.sharpnessX());
    Axis y = Axis.of(axisY, person, count, visibility == null ? 0 : visibility.sharpnessY());
    float[] scores = smaller(x.maxima, y.maxima);
    float[] depth = new float[0];
    if (codec.depth() > 0) {
      depth = bins(Axis.of(output(outputs, "simcc_z"), person, count, 0), scores);
    }
    return new SimccKeypoints(
        bins(x, scores),
        bins(y, scores),
        depth,
        metres(depth),
        scores,
        visibility == null ? scores.clone() : smaller(x.shares, y.shares));
  }

  /** Positions in pixels; −1 bin where nothing was found. */
  private float[] bins(Axis axis, float[] scores) {
    float split = (float) codec.splitRatio();
    float[] out = new float[scores.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = (scores[k] > 0 ? axis.best[k] : -1) / split;
    }
    return out;
  }

  private float[] metres(float[] depth) {
    float[] out = new float[depth.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = (depth[k] / (codec.depth() / 2f) - 1) * (float) codec.zRange();
    }
    return out;
  }

  private static float[] smaller(float[] a, float[] b) {
    float[] out = new float[a.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = Math.min(a[k], b[k]);
    }
    return out;
  }

  private static Tensor output(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null || tensor.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "expected the output %s [N, K, bins], found %s".formatted(name, outputs));
    }
    return tensor;
  }

  /**
   * What one axis says of one person.
   *
   * @param best [K] index of the first maximum
   * @param maxima [K] its value
   * @param shares [K] its share in a softmax over the bins; 0 where none is asked for
   */
  private record Axis(int[] best, float[] maxima, float[] shares) {
    /** The exponential of less than this is lost beside the maximum's, which is 1. */
    private static final double NEGLIGIBLE = -40;

    static Axis of(Tensor axis, int person, int count, double sharpness) {
      Shape shape = axis.shape();
      if (shape.dim(1) != count) {
        throw new IllegalArgumentException(
            "expected %s keypoints on every axis, found %s".formatted(count, shape));
      }
      Axis out = new Axis(new int[count], new float[count], new float[count]);
      float[] row = new float[shape.dim(2)];
      FloatBuffer bins = axis.floats().position(person * count * row.length);
      for (int k = 0; k < count; k++) {
        bins.get(row);
        int best = 0;
        for (int i = 1; i < row.length; i++) {
          if (row[i] > row[best]) {
            best = i;
          }
        }
        out.best[k] = best;
        out.maxima[k] = row[best];
        out.shares[k] = sharpness > 0 ? share(row, row[best], sharpness) : 0;
      }
      return out;
    }

    private static float share(float[] row, float max, double sharpness) {
      double sum = 0;
      for (float value : row) {
        double exponent = ((double) value - max) * sharpness;
        if (exponent > NEGLIGIBLE) {
          sum += Math.exp(exponent);
        }
      }
      return (float) (1 / sum);
    }
  }
}
