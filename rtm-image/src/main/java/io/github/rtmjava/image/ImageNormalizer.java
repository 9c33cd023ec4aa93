package io.github.rtmjava.image;

import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Turns pictures into a network's input: [N, 3, height, width] float32, {@code (pixel - mean) /
 * std} per channel, bit by bit what torch's float32 subtraction and division give.
 *
 * <p>Safe to use from many threads as long as each writes to its own place in the batch.
 */
public final class ImageNormalizer {
  private static final int LEVELS = 256;

  private final InputSpec spec;
  private final int[] source = new int[Image.CHANNELS];
  private final float[][] table = new float[Image.CHANNELS][LEVELS];

  /** A normalizer for this kind of input. */
  public ImageNormalizer(InputSpec spec) {
    this.spec = spec;
    float[] mean = spec.mean();
    float[] std = spec.std();
    for (int c = 0; c < Image.CHANNELS; c++) {
      source[c] = spec.order() == InputSpec.ChannelOrder.BGR ? c : Image.CHANNELS - 1 - c;
      for (int level = 0; level < LEVELS; level++) {
        table[c][level] = (level - mean[c]) / std[c];
      }
    }
  }

  /** The kind of input that this makes. */
  public InputSpec spec() {
    return spec;
  }

  /**
   * Writes a picture of the input's size to one place of a batch.
   *
   * @param image of the specified width and height
   * @param batch float32 [N, 3, height, width]
   * @param index place in the batch, 0 to N - 1
   * @throws IllegalArgumentException if the picture or the batch has another shape
   */
  public void normalize(Image image, Tensor batch, int index) {
    normalize(ByteBuffer.wrap(image.shared()), image.width(), image.height(), batch, index);
  }

  /** The same for pixels that lie as in an {@link Image}. */
  void normalize(ByteBuffer bgr, int width, int height, Tensor batch, int index) {
    if (width != spec.width() || height != spec.height()) {
      throw new IllegalArgumentException(
          "expected a picture of %sx%s pixels, found %sx%s"
              .formatted(spec.width(), spec.height(), width, height));
    }
    int[] dims = batch.shape().dims();
    if (dims.length != 4
        || dims[1] != Image.CHANNELS
        || dims[2] != height
        || dims[3] != width
        || index < 0
        || index >= dims[0]) {
      throw new IllegalArgumentException(
          "expected a batch [N, 3, %s, %s] with a place %s, found %s"
              .formatted(height, width, index, batch.shape()));
    }
    FloatBuffer out = batch.floats();
    byte[] pixels = new byte[width * Image.CHANNELS];
    float[] values = new float[width];
    for (int y = 0; y < height; y++) {
      bgr.get(y * pixels.length, pixels);
      for (int c = 0; c < Image.CHANNELS; c++) {
        float[] levels = table[c];
        for (int x = 0, from = source[c]; x < width; x++, from += Image.CHANNELS) {
          values[x] = levels[pixels[from] & 0xff];
        }
        out.put(((index * Image.CHANNELS + c) * height + y) * width, values);
      }
    }
  }
}
