package io.github.rtmjava.model;

import java.util.Arrays;

/**
 * What a network expects to be fed: [N, 3, height, width] float32 with {@code (pixel - mean) / std}
 * per channel, pixels 0 to 255, channels in {@code order}.
 *
 * @param width pixels
 * @param height pixels
 * @param order order of the three channels
 * @param mean three values, in that order
 * @param std three values, in that order
 */
public record InputSpec(int width, int height, ChannelOrder order, float[] mean, float[] std) {

  /** Order of colour channels. */
  public enum ChannelOrder {
    RGB,
    BGR
  }

  public InputSpec {
    if (width < 1 || height < 1 || width > 4096 || height > 4096) {
      throw new IllegalArgumentException(
          "expected an input size of 1 to 4096 pixels, found %sx%s".formatted(width, height));
    }
    if (mean.length != 3 || std.length != 3) {
      throw new IllegalArgumentException("expected mean and std of three channels");
    }
    mean = mean.clone();
    std = std.clone();
  }

  /** OpenMMLab's ImageNet statistics in RGB order: what all pose models use. */
  public static InputSpec rgb(int width, int height) {
    return new InputSpec(
        width,
        height,
        ChannelOrder.RGB,
        new float[] {123.675f, 116.28f, 103.53f},
        new float[] {58.395f, 57.12f, 57.375f});
  }

  /** The same statistics in BGR order: what RTMDet uses. */
  public static InputSpec bgr(int width, int height) {
    return new InputSpec(
        width,
        height,
        ChannelOrder.BGR,
        new float[] {103.53f, 116.28f, 123.675f},
        new float[] {57.375f, 57.12f, 58.395f});
  }

  /** Plain levels, 0 to 255, in BGR order: what RTMO uses. */
  public static InputSpec plainBgr(int width, int height) {
    return new InputSpec(
        width, height, ChannelOrder.BGR, new float[] {0, 0, 0}, new float[] {1, 1, 1});
  }

  /** The same statistics with another size. */
  public InputSpec withSize(int width, int height) {
    return new InputSpec(width, height, order, mean, std);
  }

  @Override
  public float[] mean() {
    return mean.clone();
  }

  @Override
  public float[] std() {
    return std.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputSpec that
        && width == that.width
        && height == that.height
        && order == that.order
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(std, that.std);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(mean);
  }

  @Override
  public String toString() {
    return "%s wide and %s high, %s, mean %s, std %s"
        .formatted(width, height, order, Arrays.toString(mean), Arrays.toString(std));
  }
}
