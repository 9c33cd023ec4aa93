package io.github.rtmjava.onednn.winograd;

import io.github.rtmjava.onednn.natives.Eltwise;
import org.jspecify.annotations.Nullable;

/** The definition of a convolution with bias and activation over NHWC windows, in float64. */
final class Convolution {
  private Convolution() {}

  static double[] of(
      WinogradShape shape,
      float[] source,
      float[] oihw,
      float[] bias,
      @Nullable Eltwise activation) {
    int height = shape.height();
    int width = shape.width();
    int channels = shape.channels();
    int filters = shape.filters();
    int taps = shape.tile().taps();
    int padding = taps / 2;
    double[] result = new double[shape.images() * height * width * filters];
    for (int pixel = 0; pixel < shape.images() * height * width; pixel++) {
      int y = pixel / width % height;
      int x = pixel % width;
      for (int k = 0; k < filters; k++) {
        double sum = bias[k];
        for (int i = 0; i < taps; i++) {
          for (int j = 0; j < taps; j++) {
            int down = y + i - padding;
            int across = x + j - padding;
            if (down < 0 || down >= height || across < 0 || across >= width) {
              continue;
            }
            int from = (pixel + (i - padding) * width + j - padding) * shape.sourcePitch();
            for (int c = 0; c < channels; c++) {
              sum += (double) source[from + c] * oihw[((k * channels + c) * taps + i) * taps + j];
            }
          }
        }
        result[pixel * filters + k] =
            activation == null
                ? sum
                : activation.equals(Eltwise.RELU) ? Math.max(sum, 0) : sum / (1 + Math.exp(-sum));
      }
    }
    return result;
  }
}
