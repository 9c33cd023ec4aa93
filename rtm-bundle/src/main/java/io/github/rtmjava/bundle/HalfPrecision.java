package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rounding of weights to float16. */
final class HalfPrecision {
  private HalfPrecision() {}

  /** Whether a tensor is narrowed: those of one dimension hold biases and statistics. */
  static boolean narrows(DType dtype, Shape shape) {
    return dtype.isFloating() && dtype != DType.FLOAT16 && shape.rank() >= 2;
  }

  /**
   * The tensor rounded to nearest.
   *
   * @throws CheckpointException if a finite value becomes infinite
   */
  static Tensor of(String key, Tensor tensor) throws CheckpointException {
    float[] values = tensor.toFloats();
    ByteBuffer out = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      short half = Float16.fromFloat(values[i]);
      if ((half & 0x7fff) == 0x7c00 && !Float.isInfinite(values[i])) {
        throw new CheckpointException(
            "%s holds %s, which is beyond float16 (65504); convert without --fp16"
                .formatted(key, values[i]));
      }
      out.putShort(half);
    }
    return Tensor.over(DType.FLOAT16, tensor.shape(), out.flip());
  }
}
