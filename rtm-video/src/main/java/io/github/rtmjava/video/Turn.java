package io.github.rtmjava.video;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * How a stored picture is turned to stand upright: first its axes are exchanged, or not, then the
 * result's are reversed, or not.
 */
record Turn(boolean transposed, boolean reverseX, boolean reverseY) {
  static final Turn NONE = new Turn(false, false, false);

  private static final int CHANNELS = 3;

  /** Bytes of a display matrix: 3 x 3 numbers of 32 bits. */
  private static final int MATRIX_BYTES = 36;

  /** Rows that are turned together, so that what they write lies side by side. */
  private static final int ROWS = 16;

  /** Angles off the axes by more than this tangent are left alone. */
  private static final double TOLERANCE = 0.1;

  /**
   * What a display matrix asks for: FFmpeg's nine numbers of 32 bits, which map the stored to the
   * shown picture. None where it is off the axes.
   */
  static Turn of(ByteBuffer matrix) {
    if (matrix.remaining() < MATRIX_BYTES) {
      return NONE;
    }
    IntBuffer numbers = matrix.order(ByteOrder.nativeOrder()).asIntBuffer();
    double a = numbers.get(0);
    double b = numbers.get(1);
    double c = numbers.get(3);
    double d = numbers.get(4);
    double along = Math.min(Math.abs(a), Math.abs(d));
    double across = Math.min(Math.abs(b), Math.abs(c));
    if (Math.max(Math.abs(b), Math.abs(c)) < TOLERANCE * along) {
      return new Turn(false, a < 0, d < 0);
    }
    if (Math.max(Math.abs(a), Math.abs(d)) < TOLERANCE * across) {
      return new Turn(true, c < 0, b < 0);
    }
    return NONE;
  }

  /** Clockwise degrees; of a mirrored picture those that remain when the mirror is taken away. */
  int degrees() {
    if (transposed) {
      return reverseX ? 90 : 270;
    }
    return reverseX && reverseY ? 180 : 0;
  }

  int width(int storedWidth, int storedHeight) {
    return transposed ? storedHeight : storedWidth;
  }

  int height(int storedWidth, int storedHeight) {
    return transposed ? storedWidth : storedHeight;
  }

  /**
   * The upright picture.
   *
   * @param stored blue, green and red, with {@code stride} bytes from row to row
   */
  byte[] upright(ByteBuffer stored, int stride, int width, int height) {
    byte[] upright = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
    int row = width * CHANNELS;
    if (equals(NONE)) {
      for (int y = 0; y < height; y++) {
        stored.get(y * stride, upright, y * row, row);
      }
      return upright;
    }
    int shownWidth = width(width, height);
    int shownHeight = height(width, height);
    int stepX = CHANNELS * (transposed ? (reverseY ? -shownWidth : shownWidth) : reverseX ? -1 : 1);
    int stepY = CHANNELS * (transposed ? (reverseX ? -1 : 1) : reverseY ? -shownWidth : shownWidth);
    int origin =
        CHANNELS
            * ((reverseY ? shownHeight - 1 : 0) * shownWidth + (reverseX ? shownWidth - 1 : 0));
    byte[] rows = new byte[ROWS * row];
    for (int top = 0; top < height; top += ROWS) {
      int count = Math.min(ROWS, height - top);
      for (int y = 0; y < count; y++) {
        stored.get((top + y) * stride, rows, y * row, row);
      }
      for (int x = 0; x < width; x++) {
        int to = origin + x * stepX + top * stepY;
        for (int y = 0; y < count; y++, to += stepY) {
          int from = y * row + x * CHANNELS;
          upright[to] = rows[from];
          upright[to + 1] = rows[from + 1];
          upright[to + 2] = rows[from + 2];
        }
      }
    }
    return upright;
  }
}
