package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.TensorSizes;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Strided views of blocks of elements. */
final class Views {
  private Views() {}

  /** Strides of a C-contiguous array, in elements. */
  static List<Long> contiguous(Shape shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides.add(stride);
      stride *= Math.max(1, shape.dim(axis));
    }
    Collections.reverse(strides);
    return strides;
  }

  /**
   * The elements of a view in C order: part of the block itself where they lie so, a copy
   * otherwise.
   *
   * @param offset first element of the view within the block
   * @param strides in elements
   */
  static ByteBuffer gather(
      ByteBuffer block,
      DType dtype,
      long offset,
      Shape shape,
      List<Long> strides,
      CopyBudget budget)
      throws CheckpointException {
    int size = dtype.bytes();
    int bytes = TensorSizes.bytes(shape, dtype);
    if (bytes == 0) {
      return ByteBuffer.allocate(0);
    }
    requireInside(block.remaining() / size, offset, shape, strides);
    int start = block.position() + (int) offset * size;
    if (isContiguous(shape, strides)) {
      return block.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(start).limit(start + bytes);
    }
    budget.spend(bytes);
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    copy(block, size, start, shape.dims(), strides, 0, out);
    return out.flip();
  }

  private static void requireInside(long elements, long offset, Shape shape, List<Long> strides)
      throws CheckpointException {
    try {
      long last = offset;
      boolean negative = offset < 0;
      for (int axis = 0; axis < shape.rank(); axis++) {
        negative |= strides.get(axis) < 0;
        last =
            Math.addExact(last, Math.multiplyExact(shape.dim(axis) - 1L, (long) strides.get(axis)));
      }
      if (!negative && last < elements) {
        return;
      }
    } catch (ArithmeticException e) {
      // Beyond any storage, as the message says.
    }
    throw PickleMachine.damaged(
        "a tensor of shape %s, strides %s and offset %s in a storage of %s elements"
            .formatted(shape, strides, offset, elements));
  }

  private static boolean isContiguous(Shape shape, List<Long> strides) {
    List<Long> dense = contiguous(shape);
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) != 1 && !strides.get(axis).equals(dense.get(axis))) {
        return false;
      }
    }
    return true;
  }

  private static void copy(
      ByteBuffer in, int size, int at, int[] dims, List<Long> strides, int axis, ByteBuffer out) {
    if (axis == dims.length) {
      element(in, size, at, out);
      return;
    }
    int step = (int) (strides.get(axis) * size);
    if (axis == dims.length - 1) {
      for (int i = 0; i < dims[axis]; i++) {
        element(in, size, at + i * step, out);
      }
    } else {
      for (int i = 0; i < dims[axis]; i++) {
        copy(in, size, at + i * step, dims, strides, axis + 1, out);
      }
    }
  }

  private static void element(ByteBuffer in, int size, int at, ByteBuffer out) {
    switch (size) {
      case 1 -> out.put(in.get(at));
      case 2 -> out.putShort(in.getShort(at));
      case 4 -> out.putInt(in.getInt(at));
      default -> out.putLong(in.getLong(at));
    }
  }
}
