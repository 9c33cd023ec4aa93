package io.github.rtmjava.image;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Comparing pictures, and reading them without OpenCV. */
final class Pixels {
  private Pixels() {}

  /** The largest difference of two values at one place. */
  static int maxDifference(byte[] expected, byte[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          "expected %d bytes, found %d".formatted(expected.length, actual.length));
    }
    int max = 0;
    for (int i = 0; i < expected.length; i++) {
      max = Math.max(max, Math.abs((expected[i] & 0xff) - (actual[i] & 0xff)));
    }
    return max;
  }

  /** A PNG as the JDK reads it. */
  static Image readLossless(Path file) throws IOException {
    return Image.fromBufferedImage(ImageIO.read(file.toFile()));
  }
}
