package io.github.rtmjava.image;

import io.github.rtmjava.geometry.CropGeometry;

/**
 * The affine transform through three point pairs, and the one from a picture to a crop.
 *
 * <p>Does what OpenCV's {@code getAffineTransform} does, operation by operation: another order of
 * the same arithmetic moves the result by 1e-13, which is enough to change single pixels of a crop
 * by several levels.
 */
final class AffineTransform {
  private static final int UNKNOWNS = 6;

  private AffineTransform() {}

  /**
   * Two rows of three from picture to crop pixels. Follows mmpose's {@code get_warp_matrix} without
   * rotation and without UDP: the scale is {@code width / scaleX} in both directions.
   */
  static double[] of(CropGeometry crop) {
    float leftX = (float) (crop.centerX() + crop.scaleX() * -0.5);
    return between(
        triangle(crop.centerX(), crop.centerY(), leftX),
        triangle((float) (crop.width() * 0.5), (float) (crop.height() * 0.5), 0));
  }

  /** Middle, middle of the left side, and the latter moved down by the distance of the two. */
  private static float[][] triangle(float centerX, float centerY, float leftX) {
    return new float[][] {
      {centerX, centerY}, {leftX, centerY}, {leftX, centerY + (centerX - leftX)}
    };
  }

  /** Two rows of three that map each source point, (x, y), to its target. */
  static double[] between(float[][] source, float[][] target) {
    double[][] a = new double[UNKNOWNS][UNKNOWNS];
    double[] b = new double[UNKNOWNS];
    for (int i = 0; i < 3; i++) {
      for (int axis = 0; axis < 2; axis++) {
        double[] row = a[2 * i + axis];
        row[3 * axis] = source[i][0];
        row[3 * axis + 1] = source[i][1];
        row[3 * axis + 2] = 1;
        b[2 * i + axis] = target[i][axis];
      }
    }
    eliminate(a, b);
    substitute(a, b);
    return b;
  }

  private static void eliminate(double[][] a, double[] b) {
    for (int i = 0; i < UNKNOWNS; i++) {
      int pivot = i;
      for (int j = i + 1; j < UNKNOWNS; j++) {
        if (Math.abs(a[j][i]) > Math.abs(a[pivot][i])) {
          pivot = j;
        }
      }
      double[] row = a[pivot];
      a[pivot] = a[i];
      a[i] = row;
      double right = b[pivot];
      b[pivot] = b[i];
      b[i] = right;
      double d = -1 / a[i][i];
      for (int j = i + 1; j < UNKNOWNS; j++) {
        double alpha = a[j][i] * d;
        for (int k = i + 1; k < UNKNOWNS; k++) {
          a[j][k] += alpha * a[i][k];
        }
        b[j] += alpha * b[i];
      }
    }
  }

  private static void substitute(double[][] a, double[] b) {
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
      double s = b[i];
      for (int k = i + 1; k < UNKNOWNS; k++) {
        s -= a[i][k] * b[k];
      }
      b[i] = s / a[i][i];
    }
  }
}
