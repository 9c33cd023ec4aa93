package io.github.rtmjava.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns a picture upright. */
final class Orientation {
  private static final int AROUND_X = 0;
  private static final int AROUND_Y = 1;
  private static final int AROUND_BOTH = -1;

  private Orientation() {}

  /** Undoes an EXIF orientation, 1 to 8, in place. */
  static void apply(int orientation, Mat picture) {
    if (orientation >= 5) {
      opencv_core.transpose(picture, picture);
    }
    switch (orientation) {
      case 2, 6 -> opencv_core.flip(picture, picture, AROUND_Y);
      case 3, 7 -> opencv_core.flip(picture, picture, AROUND_BOTH);
      case 4, 8 -> opencv_core.flip(picture, picture, AROUND_X);
      default -> {}
    }
  }
}
