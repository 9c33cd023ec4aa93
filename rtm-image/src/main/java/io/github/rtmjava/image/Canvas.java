package io.github.rtmjava.image;

import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A surface for anti-aliased drawing, in native memory until closed. Colours are {@code 0xRRGGBB};
 * coordinates are pixels with fractions, (0, 0) the middle of the pixel in the upper left corner;
 * what lies outside is cut off. For one thread at a time.
 */
public final class Canvas implements AutoCloseable {
  /** Binary digits behind the point that OpenCV's drawing takes. */
  private static final int SHIFT = 4;

  /** Beyond this OpenCV's fixed-point coordinates would overflow. */
  private static final double FAR = 100_000;

  private final Mat mat;

  private Canvas(Mat mat) {
    this.mat = mat;
  }

  /** A canvas with a copy of a picture. */
  public static Canvas of(Image image) {
    return new Canvas(OpenCv.upload(image));
  }

  /** A canvas with a copy of a picture, scaled to another size; made for shrinking. */
  public static Canvas of(Image image, int width, int height) {
    try (Mat source = OpenCv.upload(image);
        Size size = new Size(width, height)) {
      Mat target = OpenCv.empty(width, height);
      opencv_imgproc.resize(source, target, size, 0, 0, opencv_imgproc.INTER_AREA);
      return new Canvas(target);
    }
  }

  /** A canvas of one colour. */
  public static Canvas blank(int width, int height, int rgb) {
    OpenCv.load();
    Mat mat = OpenCv.empty(width, height);
    // One row of the colour, then copies: OpenCV fills pixel by pixel.
    try (Scalar colour = colour(rgb);
        Mat first = mat.row(0)) {
      first.put(colour);
      for (int done = 1; done < height; done *= 2) {
        try (Mat from = mat.rowRange(0, Math.min(done, height - done));
            Mat to = mat.rowRange(done, Math.min(2 * done, height))) {
          from.copyTo(to);
        }
      }
    }
    return new Canvas(mat);
  }

  /**
   * A part of this canvas as a canvas of its own: what is drawn there is drawn here. To be closed
   * before this one.
   *
   * @throws IllegalArgumentException if it reaches beyond this canvas
   */
  public Canvas region(int x, int y, int width, int height) {
    requirePlace(x, y, width, height);
    try (Rect place = new Rect(x, y, width, height)) {
      return new Canvas(new Mat(mat, place));
    }
  }

  /** Pixels from left to right. */
  public int width() {
    return mat.cols();
  }

  /** Pixels from top to bottom. */
  public int height() {
    return mat.rows();
  }

  /** A line with round ends. */
  public void line(double x1, double y1, double x2, double y2, int rgb, double thickness) {
    limb(x1, y1, thickness, x2, y2, thickness, rgb);
  }

  /** A line with round ends whose thickness changes evenly from one end to the other. */
  public void limb(
      double x1, double y1, double thickness1, double x2, double y2, double thickness2, int rgb) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    if (length > 0) {
      double nx = (y2 - y1) / length / 2;
      double ny = (x1 - x2) / length / 2;
      polygon(
          rgb,
          x1 + nx * thickness1,
          y1 + ny * thickness1,
          x2 + nx * thickness2,
          y2 + ny * thickness2,
          x2 - nx * thickness2,
          y2 - ny * thickness2,
          x1 - nx * thickness1,
          y1 - ny * thickness1);
    }
    circle(x1, y1, thickness1 / 2, rgb);
    circle(x2, y2, thickness2 / 2, rgb);
  }

  /** A filled circle. */
  public void circle(double x, double y, double radius, int rgb) {
    // OpenCV's own circles are squares on their corners where they are small.
    int corners = 12 + 2 * (int) Math.min(40, Math.max(0, radius));
    double[] rim = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      rim[2 * i] = x + radius * Math.cos(angle);
      rim[2 * i + 1] = y + radius * Math.sin(angle);
    }
    polygon(rgb, rim);
  }

  /**
   * A filled convex polygon.
   *
   * @param xy x and y of its corners in turn
   */
  public void polygon(int rgb, double... xy) {
    int[] corners = new int[xy.length];
    for (int i = 0; i < xy.length; i += 2) {
      if (!isDrawable(xy[i], xy[i + 1])) {
        return;
      }
      corners[i] = fixed(xy[i]);
      corners[i + 1] = fixed(xy[i + 1]);
    }
    try (IntPointer data = new IntPointer(corners);
        Mat points = new Mat(xy.length / 2, 1, opencv_core.CV_32SC2, data);
        Scalar colour = colour(rgb)) {
      opencv_imgproc.fillConvexPoly(mat, points, colour, opencv_imgproc.LINE_AA, SHIFT);
    }
  }

  /** The border of a rectangle, drawn half inside and half outside. */
  public void rectangle(double x1, double y1, double x2, double y2, int rgb, double thickness) {
    line(x1, y1, x2, y1, rgb, thickness);
    line(x2, y1, x2, y2, rgb, thickness);
    line(x2, y2, x1, y2, rgb, thickness);
    line(x1, y2, x1, y1, rgb, thickness);
  }

  /** A filled rectangle. */
  public void fill(double x1, double y1, double x2, double y2, int rgb) {
    polygon(rgb, x1, y1, x2, y1, x2, y2, x1, y2);
  }

  /**
   * One line of text in Java's sans-serif font. Where Java has no fonts it is drawn in strokes, and
   * what is not printable ASCII appears as question marks.
   *
   * @param x left end
   * @param y base line
   * @param size height of the capitals, pixels
   */
  public void text(String text, double x, double y, double size, int rgb) {
    if (!isDrawable(x, y)) {
      return;
    }
    Letters letters = Letters.of(text, size);
    if (letters == null) {
      StrokedText.draw(mat, text, x, y, size, rgb);
      return;
    }
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    Letters.Mask mask = letters.mask(x - column, y - row);
    cover(mask, column + mask.left(), row + mask.top(), rgb);
  }

  private void cover(Letters.Mask mask, int left, int top, int rgb) {
    int from = Math.max(0, -left);
    int to = Math.min(mask.width(), width() - left);
    if (from >= to) {
      return;
    }
    byte[] pixels = new byte[Image.CHANNELS * (to - from)];
    for (int y = Math.max(0, -top); y < Math.min(mask.height(), height() - top); y++) {
      try (BytePointer row = mat.ptr(top + y, left + from)) {
        row.get(pixels);
        for (int i = 0; i < pixels.length; i++) {
          int cover = mask.cover()[y * mask.width() + from + i / Image.CHANNELS] & 0xff;
          int colour = (rgb >> (8 * (i % Image.CHANNELS))) & 0xff;
          int below = pixels[i] & 0xff;
          pixels[i] = (byte) ((below * (255 - cover) + colour * cover + 127) / 255);
        }
        row.put(pixels);
      }
    }
  }

  /** Pixels that {@link #text} takes from left to right. */
  public static double textWidth(String text, double size) {
    Letters letters = Letters.of(text, size);
    return letters == null ? StrokedText.width(text, size) : letters.width();
  }

  /**
   * Draws half-transparently: what {@code drawing} paints covers this canvas by {@code opacity}.
   *
   * @param opacity 0 to 1
   */
  public void blend(double opacity, Consumer<Canvas> drawing) {
    try (Canvas layer = new Canvas(mat.clone())) {
      drawing.accept(layer);
      opencv_core.addWeighted(layer.mat, opacity, mat, 1 - opacity, 0, mat);
    }
  }

  /**
   * Copies a whole canvas to a place on this one.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  public void draw(Canvas other, int x, int y) {
    try (Canvas target = region(x, y, other.width(), other.height())) {
      other.mat.copyTo(target.mat);
    }
  }

  private void requirePlace(int x, int y, int width, int height) {
    if (x < 0 || y < 0 || x + width > width() || y + height > height()) {
      throw new IllegalArgumentException(
          "expected a place within %sx%s, found %sx%s at (%s, %s)"
              .formatted(width(), height(), width, height, x, y));
    }
  }

  /** A copy as a picture. */
  public Image toImage() {
    if (mat.isContinuous()) {
      return OpenCv.download(mat);
    }
    try (Mat copy = mat.clone()) {
      return OpenCv.download(copy);
    }
  }

  @Override
  public void close() {
    mat.close();
  }

  private static boolean isDrawable(double x, double y) {
    return Math.abs(x) < FAR && Math.abs(y) < FAR;
  }

  private static int fixed(double value) {
    return (int) Math.rint(value * (1 << SHIFT));
  }

  static Scalar colour(int rgb) {
    return new Scalar(rgb & 0xff, (rgb >> 8) & 0xff, (rgb >> 16) & 0xff, 0);
  }
}
