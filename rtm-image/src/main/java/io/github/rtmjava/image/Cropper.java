package io.github.rtmjava.image;

import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Takes crops from one picture, which it holds in native memory until closed. What lies outside of
 * the picture is black. For one thread at a time.
 */
public final class Cropper implements AutoCloseable {
  private final Mat source;
  private final Mat target = new Mat();
  private final Mat matrix = new Mat(2, 3, opencv_core.CV_64FC1);
  private final Scalar black = Scalar.all(0);
  private final Size size = new Size();

  private Cropper(Mat source) {
    this.source = source;
  }

  /** Uploads a picture. */
  public static Cropper of(Image image) {
    return new Cropper(OpenCv.upload(image));
  }

  /** One crop as a picture of the crop's size. */
  public Image crop(CropGeometry crop) {
    warp(crop);
    return OpenCv.download(target);
  }

  /**
   * Writes one crop straight to a place of a batch.
   *
   * @see InputPacker#pack(Image, Tensor, int)
   */
  public void pack(CropGeometry crop, InputPacker packer, Tensor batch, int index) {
    warp(crop);
    ByteBuffer pixels = target.createBuffer();
    packer.pack(pixels, crop.width(), crop.height(), batch, index);
  }

  private void warp(CropGeometry crop) {
    DoubleBuffer values = matrix.createBuffer();
    values.put(AffineTransform.of(crop));
    size.width(crop.width()).height(crop.height());
    opencv_imgproc.warpAffine(
        source,
        target,
        matrix,
        size,
        opencv_imgproc.INTER_LINEAR,
        opencv_core.BORDER_CONSTANT,
        black);
  }

  @Override
  public void close() {
    size.close();
    black.close();
    matrix.close();
    target.close();
    source.close();
  }
}
