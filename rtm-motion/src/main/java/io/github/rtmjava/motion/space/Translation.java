package io.github.rtmjava.motion.space;

import io.github.rtmjava.geometry.Camera;
import java.util.Optional;

/** Where a skeleton of known size and posture must be to look as it does. */
public final class Translation {
  private Translation() {}

  /**
   * The least-squares answer of the projection's equations, which are linear in the translation: fx
   * (x + X) = (u - cx) (z + Z) and the same for rows. Nearer keypoints do not weigh more.
   *
   * @param xyz [K][3], a skeleton in metres, turned like the camera's frame, anywhere
   * @param xy [K][2], its keypoints in pixels
   * @param weights [K], 0 for a keypoint that does not count
   * @param camera that took the picture; its root depth does not matter
   * @return [3], what is to be added to the skeleton in metres; empty where fewer than two
   *     keypoints count, or it would be behind the camera
   */
  public static Optional<float[]> fit(float[][] xyz, float[][] xy, float[] weights, Camera camera) {
    double[][] a = new double[3][3];
    double[] b = new double[3];
    for (int i = 0; i < xyz.length; i++) {
      double u = camera.x(xy[i][0], 1);
      double v = camera.y(xy[i][1], 1);
      add(a, b, weights[i], new double[] {1, 0, -u}, u * xyz[i][2] - xyz[i][0]);
      add(a, b, weights[i], new double[] {0, 1, -v}, v * xyz[i][2] - xyz[i][1]);
    }
    double[] t = Vec.solve(a, b);
    return t[2] > 0 && Double.isFinite(Vec.length(t))
        ? Optional.of(new float[] {(float) t[0], (float) t[1], (float) t[2]})
        : Optional.empty();
  }

  private static void add(double[][] a, double[] b, double weight, double[] row, double value) {
    for (int i = 0; i < 3; i++) {
      a[i] = Vec.plus(a[i], weight * row[i], row);
      b[i] += weight * row[i] * value;
    }
  }
}
