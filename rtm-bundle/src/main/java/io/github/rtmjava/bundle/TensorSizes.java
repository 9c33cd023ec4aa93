package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.util.List;

/** How large tensors of files may be. */
public final class TensorSizes {
  /** Axes that a tensor may have at most. */
  public static final int MAX_RANK = 16;

  private TensorSizes() {}

  /**
   * A shape from a file, each extent checked.
   *
   * @throws CheckpointException if an extent is negative or beyond an int
   */
  public static Shape shape(List<Long> extents) throws CheckpointException {
    int[] dims = new int[extents.size()];
    for (int i = 0; i < dims.length; i++) {
      long extent = extents.get(i);
      if (extent < 0 || extent > Integer.MAX_VALUE) {
        throw new CheckpointException(
            "expected a tensor with axes of 0 to 2147483647, found one of shape %s; the file is damaged: fetch it again"
                .formatted(extents));
      }
      dims[i] = (int) extent;
    }
    return Shape.of(dims);
  }

  /**
   * Bytes of a tensor.
   *
   * @throws CheckpointException if they are more than one tensor can hold, 2 GiB
   */
  public static int bytes(Shape shape, DType dtype) throws CheckpointException {
    try {
      return Math.toIntExact(Math.multiplyExact(shape.elements(), dtype.bytes()));
    } catch (ArithmeticException e) {
      throw new CheckpointException(
          "expected tensors of at most 2 GiB, found one of shape " + shape, e);
    }
  }
}
