package io.github.rtmjava.image;

import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The way a whole picture becomes a detector's input: scaled with its proportions kept, in the top
 * left corner of a canvas whose rest is grey (114).
 *
 * <p>Follows mmcv's {@code Resize(keep_ratio=True)} and {@code Pad}: the rounding of the two sides
 * makes the horizontal and the vertical scale differ slightly.
 *
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param resizedWidth of the scaled picture, pixels
 * @param resizedHeight of the scaled picture, pixels
 * @param targetWidth of the canvas, pixels
 * @param targetHeight of the canvas, pixels
 */
public record Letterbox(
    int width, int height, int resizedWidth, int resizedHeight, int targetWidth, int targetHeight) {
  /** The level of the canvas that OpenMMLab's models are trained with. */
  public static final int GREY = 114;

  /** The largest scaled picture that the canvas holds; small pictures are enlarged. */
  public static Letterbox of(int width, int height, int targetWidth, int targetHeight) {
    if (width < 1 || height < 1 || targetWidth < 1 || targetHeight < 1) {
      throw new IllegalArgumentException(
          "expected sizes of at least 1 pixel, found %sx%s into %sx%s"
              .formatted(width, height, targetWidth, targetHeight));
    }
    double scale = Math.min((double) targetWidth / width, (double) targetHeight / height);
    return new Letterbox(
        width,
        height,
        Math.max(1, (int) (width * scale + 0.5)),
        Math.max(1, (int) (height * scale + 0.5)),
        targetWidth,
        targetHeight);
  }

  /** Canvas pixels per picture pixel, horizontally. */
  public double scaleX() {
    return (double) resizedWidth / width;
  }

  /** Canvas pixels per picture pixel, vertically. */
  public double scaleY() {
    return (double) resizedHeight / height;
  }

  /**
   * The canvas with the scaled picture.
   *
   * @throws IllegalArgumentException if the picture has another size than this letterbox
   */
  public Image apply(Image image) {
    requireSize(image);
    try (Mat source = OpenCv.upload(image);
        Mat canvas = canvas(source)) {
      return OpenCv.download(canvas);
    }
  }

  /**
   * Writes the canvas with the scaled picture straight to a place of a batch.
   *
   * @throws IllegalArgumentException if the picture has another size than this letterbox
   * @see ImageNormalizer#normalize(Image, Tensor, int)
   */
  public void pack(NativePicture picture, ImageNormalizer normalizer, Tensor batch, int index) {
    requireSize(picture.image());
    try (Mat source = picture.open();
        Mat canvas = canvas(source)) {
      ByteBuffer pixels = canvas.createBuffer();
      normalizer.normalize(pixels, targetWidth, targetHeight, batch, index);
    }
  }

  private void requireSize(Image image) {
    if (image.width() != width || image.height() != height) {
      throw new IllegalArgumentException(
          "expected a %sx%s picture, found a %s".formatted(width, height, image));
    }
  }

  /** To be closed by the caller. */
  private Mat canvas(Mat source) {
    try (Scalar grey = Scalar.all(GREY);
        Rect corner = new Rect(0, 0, resizedWidth, resizedHeight);
        Size size = new Size(resizedWidth, resizedHeight)) {
      Mat canvas = new Mat(targetHeight, targetWidth, opencv_core.CV_8UC3, grey);
      try (Mat inner = new Mat(canvas, corner)) {
        opencv_imgproc.resize(source, inner, size, 0, 0, opencv_imgproc.INTER_LINEAR);
        return canvas;
      } catch (RuntimeException | Error e) {
        canvas.close();
        throw e;
      }
    }
  }
}
