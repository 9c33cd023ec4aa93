package io.github.rtmjava.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** OpenCV's matrices as pictures and back, for programs that use OpenCV themselves. */
public final class MatPictures {
  private MatPictures() {}

  /**
   * A copy of an 8-bit matrix with 1 (grey), 3 (BGR) or 4 (BGRA, alpha is dropped) channels.
   *
   * @throws IllegalArgumentException if it is empty or of another type
   */
  public static Image copyOf(Mat mat) {
    OpenCv.load();
    if (mat.empty() || mat.dims() != 2 || mat.depth() != opencv_core.CV_8U) {
      throw new IllegalArgumentException(
          "expected an 8-bit matrix of two dimensions, found " + mat);
    }
    try (Mat bgr = new Mat()) {
      switch (mat.channels()) {
        case 1 -> opencv_imgproc.cvtColor(mat, bgr, opencv_imgproc.COLOR_GRAY2BGR);
        case 3 -> mat.copyTo(bgr);
        case 4 -> opencv_imgproc.cvtColor(mat, bgr, opencv_imgproc.COLOR_BGRA2BGR);
        default ->
            throw new IllegalArgumentException(
                "expected 1, 3 or 4 channels, found " + mat.channels());
      }
      return OpenCv.download(bgr);
    }
  }

  /** A copy of a picture as a matrix of type {@code CV_8UC3}, BGR, which the caller closes. */
  public static Mat toMat(Image image) {
    return OpenCv.upload(image);
  }
}
