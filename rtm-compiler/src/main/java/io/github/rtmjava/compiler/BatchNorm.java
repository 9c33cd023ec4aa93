package io.github.rtmjava.compiler;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Op;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A batch norm as {@code y = x * scale + shift} per channel, in float64: folding rounds once. */
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

  /** Multiplies the kernels of a convolution [out, …] by the scale, in place. */
  void foldKernels(float[] kernels) {
    int row = kernels.length / scale.length;
    for (int c = 0; c < scale.length; c++) {
      double factor = scale[c];
      for (int i = c * row; i < (c + 1) * row; i++) {
        kernels[i] = (float) (kernels[i] * factor);
      }
    }
  }

  /** The bias that takes up the shift; {@code bias} is the convolution's own, if any. */
  float[] foldBias(float @Nullable [] bias) {
    float[] folded = new float[shift.length];
    for (int c = 0; c < shift.length; c++) {
      folded[c] = (float) (bias == null ? shift[c] : bias[c] * scale[c] + shift[c]);
    }
    return folded;
  }
}
