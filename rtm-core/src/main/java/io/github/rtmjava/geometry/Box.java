package io.github.rtmjava.geometry;

import java.io.Serializable;

/**
 * An axis-aligned rectangle in pixels: (x1, y1) its upper left, (x2, y2) its lower right corner, as
 * continuous coordinates (no +1 anywhere). May lie partly outside of the picture.
 */
public record Box(float x1, float y1, float x2, float y2) implements Serializable {

  public float width() {
    return x2 - x1;
  }

  public float height() {
    return y2 - y1;
  }

  /** Area in square pixels; 0 for an empty box. */
  public float area() {
    return Math.max(0, width()) * Math.max(0, height());
  }

  /** Area of the intersection over area of the union; 0 where both are empty. */
  public float iou(Box other) {
    float w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    float h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    float intersection = w * h;
    return intersection / (area() + other.area() - intersection);
  }

  /**
   * The same for boxes to which the pixels of x2 and y2 belong, as in the second suppression of
   * mmpose's inferencer and demos ({@code nms} in {@code evaluation/functional}).
   */
  public float iouInclusive(Box other) {
    float w = Math.max(0, Math.min(x2, other.x2) - Math.max(x1, other.x1) + 1);
    float h = Math.max(0, Math.min(y2, other.y2) - Math.max(y1, other.y1) + 1);
    float intersection = w * h;
    return intersection
        / ((width() + 1) * (height() + 1)
            + (other.width() + 1) * (other.height() + 1)
            - intersection);
  }

  /** Whether all four coordinates are finite and both extents positive. */
  public boolean isProper() {
    return Float.isFinite(x1)
        && Float.isFinite(y1)
        && Float.isFinite(x2)
        && Float.isFinite(y2)
        && width() > 0
        && height() > 0;
  }

  /** The four coordinates in their order. */
  public float[] toArray() {
    return new float[] {x1, y1, x2, y2};
  }
}
