package io.github.rtmjava.eval;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** The similarity transform (scale, rotation, shift) that brings points closest to others. */
final class Procrustes {
  private Procrustes() {}

  /**
   * Points of the source, scaled, turned and shifted for the least sum of squared distances to the
   * target. Never mirrored.
   *
   * @param source [N][3]
   * @param target [N][3]
   */
  static double[][] align(double[][] source, double[][] target) {
    double[] sourceMean = mean(source);
    double[] targetMean = mean(target);
    DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
    double spread = 0;
    for (int n = 0; n < source.length; n++) {
      for (int row = 0; row < 3; row++) {
        double s = source[n][row] - sourceMean[row];
        spread += s * s;
        for (int column = 0; column < 3; column++) {
          covariance.add(row, column, s * (target[n][column] - targetMean[column]));
        }
      }
    }
    DMatrixRMaj rotation = rotation(covariance);
    double scale = spread == 0 ? 0 : trace(rotation, covariance) / spread;
    double[][] out = new double[source.length][3];
    for (int n = 0; n < source.length; n++) {
      for (int row = 0; row < 3; row++) {
        double value = 0;
        for (int column = 0; column < 3; column++) {
          value += rotation.get(row, column) * (source[n][column] - sourceMean[column]);
        }
        out[n][row] = scale * value + targetMean[row];
      }
    }
    return out;
  }

  /** R = V diag(1, 1, ±1) Uᵀ of the covariance U S Vᵀ, the sign such that R does not mirror. */
  private static DMatrixRMaj rotation(DMatrixRMaj covariance) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(3, 3, true, true, false);
    if (!svd.decompose(covariance.copy())) {
      throw new IllegalArgumentException("expected finite points, found others");
    }
    DMatrixRMaj u = svd.getU(null, false);
    DMatrixRMaj v = svd.getV(null, false);
    DMatrixRMaj rotation = new DMatrixRMaj(3, 3);
    CommonOps_DDRM.multTransB(v, u, rotation);
    if (CommonOps_DDRM.det(rotation) < 0) {
      int least = leastOf(svd.getSingularValues());
      for (int row = 0; row < 3; row++) {
        v.set(row, least, -v.get(row, least));
      }
      CommonOps_DDRM.multTransB(v, u, rotation);
    }
    return rotation;
  }

  /** EJML does not sort singular values. */
  private static int leastOf(double[] values) {
    int least = 0;
    for (int i = 1; i < 3; i++) {
      least = values[i] < values[least] ? i : least;
    }
    return least;
  }

  private static double trace(DMatrixRMaj rotation, DMatrixRMaj covariance) {
    double sum = 0;
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        sum += rotation.get(row, column) * covariance.get(column, row);
      }
    }
    return sum;
  }

  private static double[] mean(double[][] points) {
    double[] mean = new double[3];
    for (double[] point : points) {
      for (int axis = 0; axis < 3; axis++) {
        mean[axis] += point[axis] / points.length;
      }
    }
    return mean;
  }
}
