package io.github.rtmjava.image;

import io.github.rtmjava.geometry.CropGeometry;

/**
 * The part of a large picture that a crop shows. OpenCV's warp counts source pixels in 16 bits, and
 * fails on pictures that are longer, even where a crop needs few of their pixels.
 *
 * @param x left column
 * @param y upper row
 * @param width pixels, a multiple of {@code shrinking}; 0 or less if the crop shows nothing of the
 *     picture
 * @param height pixels, likewise
 * @param shrinking by which whole factor the part has to be scaled down first
 */
record CropWindow(int x, int y, int width, int height, int shrinking) {
  /** The longest side that OpenCV's warp takes. */
  private static final int MOST = Short.MAX_VALUE - 1;

  /** Pixels around what is shown that interpolation may look at. */
  private static final int MARGIN = 2;

  /** Whether a picture is too long to be warped as a whole. */
  static boolean isNeeded(int width, int height) {
    return width > MOST || height > MOST;
  }

  /** The window of a crop from a picture of this size. */
  static CropWindow of(CropGeometry crop, int width, int height) {
    double scale = crop.scaleX() / crop.width(); // in both directions
    double halfWidth = crop.width() * 0.5 * scale + MARGIN;
    double halfHeight = crop.height() * 0.5 * scale + MARGIN;
    int left = within(Math.floor(crop.centerX() - halfWidth), width);
    int top = within(Math.floor(crop.centerY() - halfHeight), height);
    int right = within(Math.ceil(crop.centerX() + halfWidth), width);
    int bottom = within(Math.ceil(crop.centerY() + halfHeight), height);
    int shrinking = Math.max(1, (Math.max(right - left, bottom - top) + MOST - 1) / MOST);
    return new CropWindow(
        left,
        top,
        (right - left) / shrinking * shrinking,
        (bottom - top) / shrinking * shrinking,
        shrinking);
  }

  private static int within(double value, int size) {
    return (int) Math.max(0, Math.min(value, size));
  }

  boolean isEmpty() {
    return width <= 0 || height <= 0;
  }

  /** A transform from picture to crop as one from this part, once it is scaled down. */
  double[] shift(double[] transform) {
    double middle = (shrinking - 1) / 2.0;
    double[] shifted = new double[transform.length];
    for (int row = 0; row < transform.length; row += 3) {
      shifted[row] = transform[row] * shrinking;
      shifted[row + 1] = transform[row + 1] * shrinking;
      shifted[row + 2] =
          transform[row] * (x + middle) + transform[row + 1] * (y + middle) + transform[row + 2];
    }
    return shifted;
  }
}
