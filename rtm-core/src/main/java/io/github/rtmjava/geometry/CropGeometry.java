package io.github.rtmjava.geometry;

/**
 * Which part of a picture is shown to a top-down pose network: the box, enlarged and brought to the
 * network's aspect ratio around its centre. All arithmetic is float32, as in mmpose's {@code
 * GetBBoxCenterScale} and {@code TopdownAffine}.
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
          "expected a finite rectangle with an area, found %s x %s around (%s, %s) to %dx%d"
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

  /** Column in the picture of a column in the crop. */
  public float imageX(float cropX) {
    return cropX / width * scaleX + centerX - 0.5f * scaleX;
  }

  /** Row in the picture of a row in the crop. */
  public float imageY(float cropY) {
    return cropY / height * scaleY + centerY - 0.5f * scaleY;
  }
}
