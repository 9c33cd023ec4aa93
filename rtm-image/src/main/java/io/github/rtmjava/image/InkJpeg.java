package io.github.rtmjava.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEGs of four inks that lack Adobe's marker. There a value is the amount of ink; OpenCV
 * takes every such file for one of Adobe's, where it is the amount that is missing.
 */
final class InkJpeg {
  private static final int FULL = 255;

  private InkJpeg() {}

  /** The picture, not yet turned upright. */
  static Image decode(byte[] jpeg) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in, true, true);
      return convert(reader.readRaster(0, null));
    } finally {
      reader.dispose();
    }
  }

  private static Image convert(Raster inks) {
    int width = inks.getWidth();
    int height = inks.getHeight();
    int bands = inks.getNumBands();
    byte[] bgr = new byte[Math.multiplyExact(Math.multiplyExact(width, height), Image.CHANNELS)];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      inks.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int light = FULL - row[x * bands + 3];
        for (int ink = 2; ink >= 0; ink--) {
          bgr[at++] = (byte) (((FULL - row[x * bands + ink]) * light + FULL / 2) / FULL);
        }
      }
    }
    return Image.owning(width, height, bgr);
  }
}
