package io.github.rtmjava.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;

/**
 * An immutable picture of 8 bits per channel: rows from top to bottom, pixels from left to right,
 * each as blue, green, red; no padding between rows.
 *
 * <p>Pixel (x, y) has its blue value at byte {@code 3 * (y * width + x)}.
 */
public final class Image {
  /** Channels of every picture. */
  public static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] bgr;

  private Image(int width, int height, byte[] bgr) {
    this.width = width;
    this.height = height;
    this.bgr = bgr;
  }

  /**
   * A picture with a copy of these bytes.
   *
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @param bgr {@code height * width * 3} values, 0 to 255
   * @throws IllegalArgumentException if the number of bytes is another
   */
  public static Image ofBgr(int width, int height, byte[] bgr) {
    return owning(width, height, bgr.clone());
  }

  /**
   * A picture of bytes in the order red, green, blue.
   *
   * @see #ofBgr
   */
  public static Image ofRgb(int width, int height, byte[] rgb) {
    byte[] bgr = rgb.clone();
    for (int i = 0; i + 2 < bgr.length; i += CHANNELS) {
      bgr[i] = rgb[i + 2];
      bgr[i + 2] = rgb[i];
    }
    return owning(width, height, bgr);
  }

  /**
   * A picture of these very bytes, without a copy: the caller gives them away and never writes to
   * them again.
   *
   * @see #ofBgr
   */
  public static Image owning(int width, int height, byte[] bgr) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected a picture of at least 1x1 pixels, found %sx%s".formatted(width, height));
    }
    long needed = (long) width * height * CHANNELS;
    if (bgr.length != needed) {
      throw new IllegalArgumentException(
          "a %sx%s picture needs %s bytes, found %s".formatted(width, height, needed, bgr.length));
    }
    return new Image(width, height, bgr);
  }

  /** A copy of a desktop picture; where it has an alpha channel, that is dropped. */
  public static Image fromBufferedImage(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    byte[] bgr = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        bgr[at++] = (byte) argb;
        bgr[at++] = (byte) (argb >> 8);
        bgr[at++] = (byte) (argb >> 16);
      }
    }
    return owning(width, height, bgr);
  }

  /** A copy as a desktop picture of type {@link BufferedImage#TYPE_3BYTE_BGR}. */
  public BufferedImage toBufferedImage() {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] target = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    System.arraycopy(bgr, 0, target, 0, bgr.length);
    return picture;
  }

  /** Pixels from left to right. */
  public int width() {
    return width;
  }

  /** Pixels from top to bottom. */
  public int height() {
    return height;
  }

  /** A copy of the {@code height * width * 3} values. */
  public byte[] bgr() {
    return bgr.clone();
  }

  /** The values without a copy: read-only, with a position of its own. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bgr).asReadOnlyBuffer();
  }

  /** One pixel as {@code 0xRRGGBB}. */
  public int rgb(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IndexOutOfBoundsException("no pixel (%s, %s) in %s".formatted(x, y, this));
    }
    int at = CHANNELS * (y * width + x);
    return (bgr[at + 2] & 0xff) << 16 | (bgr[at + 1] & 0xff) << 8 | (bgr[at] & 0xff);
  }

  /** The values themselves, for reading only. */
  byte[] shared() {
    return bgr;
  }

  @Override
  public String toString() {
    return "%sx%s picture".formatted(width, height);
  }
}
