package io.github.rtmjava.image;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Text in the strokes that OpenCV draws, printable ASCII: for places without fonts. */
final class StrokedText {
  private static final int FONT = opencv_imgproc.FONT_HERSHEY_SIMPLEX;

  /** Height in pixels of the capitals of {@link #FONT} at scale 1. */
  private static final double CAPITALS = 22;

  private StrokedText() {}

  static void draw(Mat mat, String text, double x, double y, double size, int rgb) {
    try (Point origin = new Point((int) Math.rint(x), (int) Math.rint(y));
        Scalar colour = Canvas.colour(rgb)) {
      opencv_imgproc.putText(
          mat,
          ascii(text),
          origin,
          FONT,
          size / CAPITALS,
          colour,
          strokes(size),
          opencv_imgproc.LINE_AA,
          false);
    }
  }

  static double width(String text, double size) {
    OpenCv.load();
    try (IntPointer baseLine = new IntPointer(1L);
        Size extent =
            opencv_imgproc.getTextSize(
                ascii(text), FONT, size / CAPITALS, strokes(size), baseLine)) {
      return extent.width();
    }
  }

  private static int strokes(double size) {
    return Math.max(1, (int) Math.rint(size / 12));
  }

  private static String ascii(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
