package io.github.rtmjava.output.viewer;

import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How the frames of 3D keypoints lie in the page's axes: x right, y up, z towards the viewer. */
final class ViewAxes {
  /**
   * What a side of a network's crop of hands stands for, metres: as much as InterHand's volumes are
   * deep. Nobody knows what it really is.
   */
  private static final double CROP = 0.4;

  private ViewAxes() {}

  /** The rows of the matrix that turns a frame's points into the page's. */
  static int[][] matrix(Frame3d frame) {
    return switch (frame) {
      case CAMERA, ROOT_RELATIVE, UVD -> new int[][] {{1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
      case Z_UP, WORLD -> new int[][] {{1, 0, 0}, {0, 0, 1}, {0, -1, 0}};
      case Y_UP -> new int[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
      case RTMPOSE3D -> new int[][] {{-1, 0, 0}, {0, 0, 1}, {0, 1, 0}};
    };
  }

  /** The matrices of all frames in metres, by their names, as a module for pages. */
  static String module() {
    return Arrays.stream(Frame3d.values())
        .filter(frame -> frame != Frame3d.UVD)
        .map(frame -> "  %s: %s,\n".formatted(frame.id(), Arrays.deepToString(matrix(frame))))
        .collect(Collectors.joining("", "const AXES = {\n", "};\nexport { AXES };\n"));
  }

  /** A point of a frame in the page's axes. */
  static double[] turn(float[] point, Frame3d frame) {
    double[] turned = new double[3];
    int[][] matrix = matrix(frame);
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        turned[row] += matrix[row][axis] * point[axis];
      }
    }
    return turned;
  }

  /** A point of a frame that has its origin at the camera, in {@link Frame3d#CAMERA}. */
  static float[] inCamera(float[] point, Frame3d frame) {
    double[] page = turn(point, frame);
    return new float[] {(float) page[0], (float) -page[1], (float) -page[2]};
  }

  /** Whether the frame's origin is where the camera is, and its axes lie as the camera's do. */
  static boolean atCamera(Frame3d frame) {
    return switch (frame) {
      case CAMERA, Z_UP, Y_UP, RTMPOSE3D -> true;
      case ROOT_RELATIVE, UVD, WORLD -> false;
    };
  }

  /** A person's 3D keypoints in metres; hands of unknown size as if their crop were 0.4 m wide. */
  static float[][] metres(PersonPose person, Frame3d frame) {
    float[][] xyz = person.keypoints3d();
    if (frame == Frame3d.UVD) {
      double metresPerPixel = CROP / CropGeometry.of(person.bbox(), 1, 1).scaleX();
      double x = (person.bbox().x1() + person.bbox().x2()) / 2;
      double y = (person.bbox().y1() + person.bbox().y2()) / 2;
      for (float[] point : xyz) {
        point[0] = (float) ((point[0] - x) * metresPerPixel);
        point[1] = (float) ((point[1] - y) * metresPerPixel);
      }
    }
    return xyz;
  }

  /** The lowest point of a person in the page's axes, of keypoints that score enough; or NaN. */
  static double lowest(float[][] points, float[] scores, Frame3d frame, float minScore) {
    double lowest = Double.NaN;
    for (int k = 0; k < points.length; k++) {
      double y = turn(points[k], frame)[1];
      if (scores[k] >= minScore && Double.isFinite(y) && !(y >= lowest)) {
        lowest = y;
      }
    }
    return lowest;
  }

  /** What a reader has to know about the numbers. */
  static String note(Frame3d frame) {
    String depth =
        " The distance from the camera is assumed, not measured; what is true to each other are the"
            + " joints of one person.";
    return switch (frame) {
      case CAMERA -> "Metres; x right, y down, z forward from the camera." + depth;
      case ROOT_RELATIVE ->
          "Metres from the middle of each person's hips; x right, y down, z forward. Where people"
              + " stand is not said: all are at the origin.";
      case Z_UP -> "Metres; x right, y away from the camera, z up." + depth;
      case Y_UP -> "Metres; x right, y up, z towards the camera." + depth;
      case WORLD ->
          "Metres; the floor is at z = 0, z up; x right as the camera sees it, y away from it.";
      case RTMPOSE3D -> "Metres in the axes of the Python package rtmpose3d." + depth;
      case UVD ->
          "The model knows pixels and a depth relative to the wrist; drawn as if the crop of the"
              + " hands were 0.4 m wide.";
    };
  }
}
