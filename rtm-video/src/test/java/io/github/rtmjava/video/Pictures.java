package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import java.util.Random;

/** Made pictures. */
final class Pictures {
  private Pictures() {}

  /** One colour, {@code 0xRRGGBB}. */
  static Image plain(int width, int height, int rgb) {
    byte[] bgr = new byte[width * height * 3];
    for (int i = 0; i < bgr.length; i += 3) {
      bgr[i] = (byte) rgb;
      bgr[i + 1] = (byte) (rgb >> 8);
      bgr[i + 2] = (byte) (rgb >> 16);
    }
    return Image.owning(width, height, bgr);
  }

  /** Blocks of random colours. */
  static Image noise(int width, int height, long seed) {
    Random random = new Random(seed);
    int across = (width + 7) / 8;
    int[] colours = random.ints(across * ((height + 7) / 8L)).toArray();
    byte[] bgr = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = colours[y / 8 * across + x / 8];
        int at = 3 * (y * width + x);
        bgr[at] = (byte) rgb;
        bgr[at + 1] = (byte) (rgb >> 8);
        bgr[at + 2] = (byte) (rgb >> 16);
      }
    }
    return Image.owning(width, height, bgr);
  }
}
