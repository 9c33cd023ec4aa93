package io.github.rtmjava.samediff;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Op;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A batch norm as the affine map {@code y = x * scale + shift} per channel, in float64, so that a
 * convolution before it can take it up with one rounding.
 */
record BatchNorm(double[] scale, double[] shift) {

  static BatchNorm of(Op.Norm norm, Weights weights) throws IOException {
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

  /** The kernels of a convolution [out, …] that take up the scale, in place. */
  float[] foldKernels(float[] kernels) {
    int each = kernels.length / scale.length;
    for (int c = 0, i = 0; c < scale.length; c++) {
      for (int end = i + each; i < end; i++) {
        kernels[i] = (float) (kernels[i] * scale[c]);
      }
    }
    return kernels;
  }

  /** The bias that takes up the shift; {@code bias} is the convolution's own, if any. */
  float[] foldBias(float @Nullable [] bias) {
    float[] folded = new float[shift.length];
    for (int c = 0; c < folded.length; c++) {
      folded[c] = (float) (bias == null ? shift[c] : bias[c] * scale[c] + shift[c]);
    }
    return folded;
  }
}
