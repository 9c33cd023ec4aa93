package io.github.rtmjava.geometry;

/**
 * Which part of a picture is shown to a pose network: to a top-down one the box, enlarged and
 * brought to the network's aspect ratio around its centre, all in float32 as in mmpose's {@code
 * GetBBoxCenterScale} and {@code TopdownAffine}; to a one-stage one the whole picture with borders.
 *
 * @param centerX pixels of the picture
 * @param centerY pixels of the picture
 * @param scaleX width of the part in pixels of the picture
 * @param scaleY height of the part in pixels of the picture
 * @param width width of the crop in pixels
 * @param height height of the crop in pixels
 */
public record CropGeometry(
    float centerX, float centerY, float scaleX, float scaleY, int width, int height) {
  /** Enlargement of the box that every published model was trained with. */
  public static final float PADDING = 1.25f;

  public CropGeometry {
    boolean finite =
        Float.isFinite(centerX)
            && Float.isFinite(centerY)
            && Float.isFinite(scaleX)
            && Float.isFinite(scaleY);
    if (!finite || !(scaleX > 0) || !(scaleY > 0) || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected a finite rectangle with an area, found %s x %s around (%s, %s) to %sx%s"
              .formatted(scaleX, scaleY, centerX, centerY, width, height));
    }
  }

  /** The part of the picture for a box and a network input of the given size. */
  public static CropGeometry of(Box box, int width, int height) {
    float w = (box.x2() - box.x1()) * PADDING;
    float h = (box.y2() - box.y1()) * PADDING;
    float aspect = (float) ((double) width / height);
    boolean wide = w > h * aspect;
    return new CropGeometry(
        (box.x1() + box.x2()) * 0.5f,
        (box.y1() + box.y2()) * 0.5f,
        wide ? w : h * aspect,
        wide ? w / aspect : h,
        width,
        height);
  }

  /**
   * A whole picture in the middle of a network's input, its proportions kept: mmpose's {@code
   * BottomupResize}.
   *
   * @param pictureWidth pixels of the picture
   * @param pictureHeight pixels of the picture
   */
  public static CropGeometry whole(int pictureWidth, int pictureHeight, int width, int height) {
    double ratio = (double) pictureWidth / pictureHeight;
    double shownWidth = Math.min(width, height * ratio);
    double shownHeight = Math.min(height, width / ratio);
    return new CropGeometry(
        pictureWidth / 2f,
        pictureHeight / 2f,
        (float) ((double) pictureWidth * width / shownWidth),
        (float) ((double) pictureHeight * height / shownHeight),
        width,
        height);
  }

  /** Column in the picture of a column in the crop. */
  public float imageX(float cropX) {
    return cropX / width * scaleX + centerX - 0.5f * scaleX;
  }

  /** Row in the picture of a row in the crop. */
  public float imageY(float cropY) {
    return cropY / height * scaleY + centerY - 0.5f * scaleY;
  }
}
