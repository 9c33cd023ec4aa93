package io.github.rtmjava.output.viewer;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.space.WorldPose;
import org.jspecify.annotations.Nullable;

/**
 * What leads from the 3D keypoints of a recording to the page: x right, y up, z towards the viewer.
 *
 * @param rows [3][3], the rows of the matrix that turns a point
 * @param origin [3], where a turned origin is in the page, metres
 * @param floor height of the floor in the page, metres
 * @param camera where the camera stands above that floor; null where nobody knows
 */
record PageAxes(double[][] rows, double[] origin, double floor, @Nullable WorldPose camera) {

  /** Upright as the frame says, above a floor of this height. */
  static PageAxes of(Frame3d frame, double floor, @Nullable WorldPose camera) {
    double[][] rows = new double[3][3];
    int[][] matrix = ViewAxes.matrix(frame);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        rows[i][j] = matrix[i][j];
      }
    }
    return new PageAxes(rows, new double[3], floor, camera);
  }

  /**
   * A frame with the camera at its origin, turned and lifted so that people stand on the floor.
   *
   * @param camera where the camera stands above the floor that was found
   */
  static PageAxes standing(Frame3d frame, WorldPose camera) {
    double[] origin = ViewAxes.turn(camera.apply(new float[3]), Frame3d.WORLD);
    double[][] rows = new double[3][3];
    for (int axis = 0; axis < 3; axis++) {
      float[] unit = new float[3];
      unit[axis] = 1;
      double[] end = ViewAxes.turn(camera.apply(ViewAxes.inCamera(unit, frame)), Frame3d.WORLD);
      for (int row = 0; row < 3; row++) {
        rows[row][axis] = end[row] - origin[row];
      }
    }
    return new PageAxes(rows, origin, 0, camera);
  }
}
