package io.github.rtmjava.eval;

import io.github.rtmjava.geometry.Box;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One annotated person with K keypoints. The arrays are not copied: leave them as they are.
 *
 * @param id unique in its file
 * @param imageId of its picture
 * @param categoryId 1 for people in COCO
 * @param bbox [4]: x, y, width, height in pixels
 * @param keypoints [3 K]: x, y in pixels and visibility of each: 0 not annotated, 1 hidden, 2
 *     visible
 * @param area of the person in square pixels, where the annotations tell
 * @param crowd whether it stands for a crowd of people
 * @param declaredKeypoints {@code num_keypoints}, where the annotations tell
 * @param headSize in pixels, where the annotations tell; normalises PCKh
 * @param parts boxes of parts by {@link KeypointRange#name()}, where the annotations tell
 * @param keypoints3d [K][3] in metres, x right, y down, z forward; [0][] where there are none
 * @param rootDepth distance of the middle of the hips from the camera in metres, where the
 *     annotations tell
 */
public record Annotation(
    long id,
    long imageId,
    long categoryId,
    double[] bbox,
    double[] keypoints,
    @Nullable Double area,
    boolean crowd,
    @Nullable Integer declaredKeypoints,
    @Nullable Double headSize,
    Map<String, Part> parts,
    double[][] keypoints3d,
    @Nullable Double rootDepth) {

  /** Share of a box that a person covers, where the area is unknown: what upstream assumes. */
  static final double COVERED = 0.53;

  /**
   * What is annotated of a part.
   *
   * @param bbox [4]: x, y, width, height in pixels; all 0 where there is none
   * @param valid whether the part's keypoints can be relied on
   */
  public record Part(double[] bbox, boolean valid) {}

  public Annotation {
    parts = Map.copyOf(parts);
  }

  /** Number of keypoints. */
  public int size() {
    return keypoints.length / 3;
  }

  /** Number of annotated keypoints in a range, hidden ones included. */
  int annotated(KeypointRange range) {
    int count = 0;
    for (int k = range.from(); k < range.to(); k++) {
      if (keypoints[3 * k + 2] > 0) {
        count++;
      }
    }
    return count;
  }

  boolean isAnnotated(int keypoint) {
    return keypoints[3 * keypoint + 2] > 0;
  }

  /** Whether a top-down model is asked for it: a person with a box and keypoints. */
  public boolean isPerson() {
    return !crowd
        && (declaredKeypoints == null || declaredKeypoints > 0)
        && bbox[2] > 0
        && bbox[3] > 0
        && annotated(new KeypointRange("all", 0, size())) > 0;
  }

  /** The box by its corners. */
  public Box box() {
    return new Box(
        (float) bbox[0], (float) bbox[1], (float) (bbox[0] + bbox[2]), (float) (bbox[1] + bbox[3]));
  }

  boolean hasArea() {
    return area != null && area > 0;
  }

  /** The same with so many keypoints, none of them annotated. */
  Annotation withoutKeypoints(int count) {
    return new Annotation(
        id,
        imageId,
        categoryId,
        bbox,
        new double[3 * count],
        area,
        crowd,
        declaredKeypoints,
        headSize,
        parts,
        keypoints3d,
        rootDepth);
  }

  /** The same with its first keypoints only. */
  Annotation first(int count) {
    return count == size()
        ? this
        : new Annotation(
            id,
            imageId,
            categoryId,
            bbox,
            Arrays.copyOf(keypoints, 3 * count),
            area,
            crowd,
            null, // which counts the others too
            headSize,
            parts,
            keypoints3d.length == 0 ? keypoints3d : Arrays.copyOf(keypoints3d, count),
            rootDepth);
  }

  /** The same of another category. */
  Annotation inCategory(long other) {
    return new Annotation(
        id,
        imageId,
        other,
        bbox,
        keypoints,
        area,
        crowd,
        declaredKeypoints,
        headSize,
        parts,
        keypoints3d,
        rootDepth);
  }

  /** The area as annotated, or what upstream takes in its place. */
  double area(boolean annotatedArea) {
    return annotatedArea && area != null && area > 0 ? area : bbox[2] * bbox[3] * COVERED;
  }
}
