package io.github.rtmjava.image;

import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Takes crops from one picture, which it holds in native memory until closed. What lies outside of
 * the picture has one grey level. For one thread at a time.
 */
public final class Cropper implements AutoCloseable {
  private final Mat source;
  private final Mat target = new Mat();
  private final Mat matrix = new Mat(2, 3, opencv_core.CV_64FC1);
  private final Scalar outside;
  private final Size size = new Size();

  private Cropper(Mat source, int outside) {
    this.source = source;
    this.outside = Scalar.all(outside);
  }

  /** Uploads a picture; what lies outside of it is black. */
  public static Cropper of(Image image) {
    return of(image, 0);
  }

  /**
   * Uploads a picture.
   *
   * @param outside level of all channels outside of the picture, 0 to 255
   */
  public static Cropper of(Image image, int outside) {
    return new Cropper(OpenCv.upload(image), outside);
  }

  /** Uses a picture; what lies outside of it is black. */
  public static Cropper of(NativePicture picture) {
    return of(picture, 0);
  }

  /**
   * Uses a picture.
   *
   * @param outside level of all channels outside of the picture, 0 to 255
   */
  public static Cropper of(NativePicture picture, int outside) {
    return new Cropper(picture.open(), outside);
  }

  /** One crop as a picture of the crop's size. */
  public Image crop(CropGeometry crop) {
    warp(crop);
    return OpenCv.download(target);
  }

  /**
   * Writes one crop straight to a place of a batch.
   *
   * @see ImageNormalizer#normalize(Image, Tensor, int)
   */
  public void pack(CropGeometry crop, ImageNormalizer normalizer, Tensor batch, int index) {
    warp(crop);
    ByteBuffer pixels = target.createBuffer();
    normalizer.normalize(pixels, crop.width(), crop.height(), batch, index);
  }

  private void warp(CropGeometry crop) {
    size.width(crop.width()).height(crop.height());
    double[] transform = AffineTransform.of(crop);
    if (CropWindow.isNeeded(source.cols(), source.rows())) {
      warpPart(CropWindow.of(crop, source.cols(), source.rows()), transform);
    } else {
      warp(source, transform);
    }
  }

  private void warpPart(CropWindow window, double[] transform) {
    if (window.isEmpty()) {
      target.create(size, source.type());
      target.put(outside);
      return;
    }
    try (Rect place = new Rect(window.x(), window.y(), window.width(), window.height());
        Mat part = new Mat(source, place);
        Mat small = new Mat()) {
      if (window.shrinking() > 1) {
        double factor = 1.0 / window.shrinking();
        try (Size fit = new Size()) {
          opencv_imgproc.resize(part, small, fit, factor, factor, opencv_imgproc.INTER_AREA);
        }
      }
      warp(window.shrinking() > 1 ? small : part, window.shift(transform));
    }
  }

  private void warp(Mat from, double[] transform) {
    DoubleBuffer values = matrix.createBuffer();
    values.put(transform);
    opencv_imgproc.warpAffine(
        from,
        target,
        matrix,
        size,
        opencv_imgproc.INTER_LINEAR,
        opencv_core.BORDER_CONSTANT,
        outside);
  }

  @Override
  public void close() {
    size.close();
    outside.close();
    matrix.close();
    target.close();
    source.close();
  }
}
