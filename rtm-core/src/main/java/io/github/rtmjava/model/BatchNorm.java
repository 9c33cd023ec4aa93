package io.github.rtmjava.model;

import io.github.rtmjava.nn.Op;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A batch norm as the affine map {@code y = x * scale + shift} per channel, in float64, so that a
 * convolution before it can take it up with one rounding.
 *
 * @param scale factor of each channel
 * @param shift addend of each channel
 */
public record BatchNorm(double[] scale, double[] shift) {

  /**
   * Reads a norm's weights.
   *
   * @throws IOException if they cannot be read
   */
  public static BatchNorm of(Op.Norm norm, Weights weights) throws IOException {
    float[] gamma = weights.get(norm.weight()).toFloats();
    float[] beta = weights.get(norm.bias()).toFloats();
    float[] mean = weights.get(norm.mean()).toFloats();
    float[] variance = weights.get(norm.variance()).toFloats();
    double[] scale = new double[norm.channels()];
    double[] shift = new double[norm.channels()];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = gamma[c] / Math.sqrt(variance[c] + norm.eps());
      shift[c] = beta[c] - mean[c] * scale[c];
    }
    return new BatchNorm(scale, shift);
  }

  /** Copies the kernels of a convolution [out, …], which take up the scale. */
  public void foldKernels(FloatBuffer kernels, FloatBuffer folded) {
    float[] row = new float[kernels.remaining() / scale.length];
    for (double factor : scale) {
      kernels.get(row);
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (row[i] * factor);
      }
      folded.put(row);
    }
  }

  /** The bias that takes up the shift; {@code bias} is the convolution's own, if any. */
  public void foldBias(@Nullable FloatBuffer bias, FloatBuffer folded) {
    for (int c = 0; c < shift.length; c++) {
      folded.put((float) (bias == null ? shift[c] : bias.get(c) * scale[c] + shift[c]));
    }
  }
}
