package io.github.rtmjava.image;

/**
 * An upright rectangle of a picture, to be scaled to a pose model's input.
 *
 * <p>Follows mmpose's {@code get_warp_matrix} without rotation and without UDP: the scale is the
 * same in both directions, {@code width / scaleWidth}; {@code scaleHeight} is carried for the way
 * back.
 *
 * @param centerX middle of the rectangle in picture pixels
 * @param centerY middle of the rectangle in picture pixels
 * @param scaleWidth width of the rectangle in picture pixels, above 0
 * @param scaleHeight height of the rectangle in picture pixels, above 0
 * @param width of the crop, pixels
 * @param height of the crop, pixels
 */
public record AffineCrop(
    float centerX, float centerY, float scaleWidth, float scaleHeight, int width, int height) {

  public AffineCrop {
    boolean finite =
        Float.isFinite(centerX)
            && Float.isFinite(centerY)
            && Float.isFinite(scaleWidth)
            && Float.isFinite(scaleHeight);
    if (!finite || !(scaleWidth > 0) || !(scaleHeight > 0) || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected a finite rectangle with an area, found %s x %s around (%s, %s) to %dx%d"
              .formatted(scaleWidth, scaleHeight, centerX, centerY, width, height));
    }
  }

  /** The matrix from picture to crop pixels: two rows of three. */
  public double[] matrix() {
    float leftX = (float) (centerX + scaleWidth * -0.5);
    float[][] source = triangle(centerX, centerY, leftX);
    float[][] target = triangle((float) (width * 0.5), (float) (height * 0.5), 0);
    return AffineTransform.between(source, target);
  }

  /** Middle, middle of the left side, and the latter moved down by the distance of the two. */
  private static float[][] triangle(float centerX, float centerY, float leftX) {
    return new float[][] {
      {centerX, centerY}, {leftX, centerY}, {leftX, centerY + (centerX - leftX)}
    };
  }
}
