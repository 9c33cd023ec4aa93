package io.github.rtmjava.image;

/**
 * OpenCV's integer warp and resize written down in plain Java, pixel by pixel: what the library's
 * vectorised code is compared with.
 */
final class Recipes {
  private static final int FRACTION_BITS = 5;
  private static final int FRACTIONS = 1 << FRACTION_BITS;
  private static final int CHANNELS = 3;

  private Recipes() {}

  /** {@code warpAffine}, bilinear, black outside; {@code m} maps from source to target. */
  static byte[] warp(Image source, double[] m, int width, int height) {
    double d = m[0] * m[4] - m[1] * m[3];
    d = d == 0 ? 0 : 1 / d;
    double xx = m[4] * d;
    double yy = m[0] * d;
    double xy = m[1] * -d;
    double yx = m[3] * -d;
    double x0 = -xx * m[2] - xy * m[5];
    double y0 = -yx * m[2] - yy * m[5];
    byte[] out = new byte[width * height * CHANNELS];
    for (int y = 0; y < height; y++) {
      long rowX = (long) Math.rint((xy * y + x0) * 1024) + 16;
      long rowY = (long) Math.rint((yy * y + y0) * 1024) + 16;
      for (int x = 0; x < width; x++) {
        long px = (rowX + (long) Math.rint(xx * x * 1024)) >> FRACTION_BITS;
        long py = (rowY + (long) Math.rint(yx * x * 1024)) >> FRACTION_BITS;
        int fx = (int) (px & FRACTIONS - 1);
        int fy = (int) (py & FRACTIONS - 1);
        long ix = px >> FRACTION_BITS;
        long iy = py >> FRACTION_BITS;
        for (int c = 0; c < CHANNELS; c++) {
          int sum =
              at(source, ix, iy, c) * (FRACTIONS - fx) * (FRACTIONS - fy)
                  + at(source, ix + 1, iy, c) * fx * (FRACTIONS - fy)
                  + at(source, ix, iy + 1, c) * (FRACTIONS - fx) * fy
                  + at(source, ix + 1, iy + 1, c) * fx * fy;
          out[(y * width + x) * CHANNELS + c] = (byte) ((sum + 512) >> 10);
        }
      }
    }
    return out;
  }

  private static int at(Image image, long x, long y, int channel) {
    if (x < 0 || y < 0 || x >= image.width() || y >= image.height()) {
      return 0;
    }
    return image.rgb((int) x, (int) y) >> (8 * channel) & 0xff;
  }

  /** {@code resize}, bilinear. */
  static byte[] resize(Image source, int width, int height) {
    Axis across = new Axis(source.width(), width);
    Axis down = new Axis(source.height(), height);
    byte[] out = new byte[width * height * CHANNELS];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < CHANNELS; c++) {
          int upper = across.mix(source, x, down.first[y], c);
          int lower = across.mix(source, x, down.second[y], c);
          int sum =
              ((down.weight0[y] * (upper >> 4)) >> 16) + ((down.weight1[y] * (lower >> 4)) >> 16);
          out[(y * width + x) * CHANNELS + c] = (byte) ((sum + 2) >> 2);
        }
      }
    }
    return out;
  }

  /** Which two pixels of one direction make a target pixel, and how much of each. */
  private static final class Axis {
    final int[] first;
    final int[] second;
    final int[] weight0;
    final int[] weight1;

    Axis(int source, int target) {
      first = new int[target];
      second = new int[target];
      weight0 = new int[target];
      weight1 = new int[target];
      for (int i = 0; i < target; i++) {
        float at = (float) ((i + 0.5) * ((double) source / target) - 0.5);
        int floor = (int) Math.floor(at);
        float fraction = at - floor;
        if (floor < 0) {
          floor = 0;
          fraction = 0;
        }
        if (floor >= source - 1) {
          floor = source - 1;
          fraction = 0;
        }
        first[i] = floor;
        second[i] = Math.min(floor + 1, source - 1);
        weight0[i] = (int) Math.rint((1f - fraction) * 2048f);
        weight1[i] = (int) Math.rint(fraction * 2048f);
      }
    }

    int mix(Image source, int x, int y, int channel) {
      return at(source, first[x], y, channel) * weight0[x]
          + at(source, second[x], y, channel) * weight1[x];
    }
  }
}
