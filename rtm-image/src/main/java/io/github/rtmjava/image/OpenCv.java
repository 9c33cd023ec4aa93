package io.github.rtmjava.image;

import io.github.rtmjava.files.NativeLibrary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** The way to OpenCV's libraries, and pictures there and back. */
final class OpenCv {
  private static final NativeLibrary LIBRARY = NativeLibrary.of("OpenCV", OpenCv::begin);

  private OpenCv() {}

  private static void begin() {
    Loader.load(opencv_imgproc.class);
    Loader.load(opencv_imgcodecs.class);
    // Engines own the cores; a crop is too small to gain from a second thread, and one thread gives
    // the same pixels on every machine.
    opencv_core.setNumThreads(1);
    OpenCvLog.silence();
  }

  /**
   * Loads the libraries, for callers that make native objects of their own.
   *
   * @throws UnsatisfiedLinkError if they do not load here
   */
  static void load() {
    LIBRARY.require();
  }

  /** An empty picture in native memory. */
  static Mat empty(int width, int height) {
    load();
    return new Mat(height, width, opencv_core.CV_8UC3);
  }

  /** A copy in native memory, which the caller closes. */
  static Mat upload(Image image) {
    Mat mat = empty(image.width(), image.height());
    try (BytePointer data = mat.data()) {
      data.put(image.shared(), 0, image.shared().length);
    }
    return mat;
  }

  /** A copy on the heap of a continuous 8-bit picture of three channels. */
  static Image download(Mat mat) {
    int width = mat.cols();
    int height = mat.rows();
    byte[] bgr = new byte[Math.multiplyExact(Math.multiplyExact(width, height), Image.CHANNELS)];
    try (BytePointer data = mat.data()) {
      data.get(bgr, 0, bgr.length);
    }
    return Image.owning(width, height, bgr);
  }
}
