package io.github.rtmjava.eval;

import io.github.rtmjava.geometry.Box;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One predicted person with K keypoints. The arrays are not copied: leave them as they are.
 *
 * @param imageId of its picture
 * @param categoryId 1 for people in COCO; where a model found them, that of the annotations
 * @param keypoints [3 K]: x, y in pixels and score of each
 * @param score of the whole person, by which predictions are ranked
 * @param bbox [4]: x, y, width, height in pixels, where the prediction has a box
 * @param keypoints3d [K][3] in metres, x right, y down, z forward; [0][] where there are none
 * @param annotationId of the person whose box it was made from, where it was made from one
 */
public record Prediction(
    long imageId,
    long categoryId,
    double[] keypoints,
    double score,
    double @Nullable [] bbox,
    double[][] keypoints3d,
    @Nullable Long annotationId) {

  /** The category of people in COCO. */
  public static final long PERSON = 1;

  /** The category of people that a model found, which tells none. */
  static final long UNTOLD = Long.MIN_VALUE;

  /** Number of keypoints. */
  public int size() {
    return keypoints.length / 3;
  }

  /** Whether any keypoint of a range has a score above 0. */
  boolean anyScore(KeypointRange range) {
    for (int k = range.from(); k < range.to(); k++) {
      if (keypoints[3 * k + 2] > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The area by which COCO's tools sort a prediction into small, medium and large: of its box, or
   * of the rectangle around its keypoints, the body's only where it has all of the whole body's.
   */
  double area() {
    if (bbox != null) {
      return bbox[2] * bbox[3];
    }
    double[] around = around(size() == KeypointRange.WHOLE_BODY ? KeypointRange.COCO_BODY : size());
    return (around[2] - around[0]) * (around[3] - around[1]);
  }

  /** Its box, or the rectangle around its keypoints. */
  Box box() {
    if (bbox != null) {
      return new Box(
          (float) bbox[0],
          (float) bbox[1],
          (float) (bbox[0] + bbox[2]),
          (float) (bbox[1] + bbox[3]));
    }
    double[] a = around(size());
    return new Box((float) a[0], (float) a[1], (float) a[2], (float) a[3]);
  }

  /** The same with its first keypoints only. */
  Prediction first(int count) {
    return new Prediction(
        imageId,
        categoryId,
        Arrays.copyOf(keypoints, 3 * count),
        score,
        bbox,
        keypoints3d.length == 0 ? keypoints3d : Arrays.copyOf(keypoints3d, count),
        annotationId);
  }

  /** The same of another picture and category. */
  Prediction of(long picture, long category) {
    return new Prediction(picture, category, keypoints, score, bbox, keypoints3d, annotationId);
  }

  private double[] around(int count) {
    double[] box = {
      Double.POSITIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (int k = 0; k < count; k++) {
      for (int axis = 0; axis < 2; axis++) {
        box[axis] = Math.min(box[axis], keypoints[3 * k + axis]);
        box[2 + axis] = Math.max(box[2 + axis], keypoints[3 * k + axis]);
      }
    }
    return box;
  }
}
