package io.github.rtmjava.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Conversion of stored elements to floats. */
final class Elements {
  private static final int AT_ONCE = 4096;

  private Elements() {}

  /** Fills {@code out} from the little-endian elements at the buffer's start. */
  static void toFloats(DType dtype, ByteBuffer in, FloatBuffer out) {
    if (dtype == DType.FLOAT32) {
      out.put(in.asFloatBuffer().slice(0, out.remaining()));
      return;
    }
    for (int first = 0; out.hasRemaining(); first += AT_ONCE) {
      float[] some = new float[Math.min(AT_ONCE, out.remaining())];
      int start = first * dtype.bytes();
      ByteBuffer rest = in.slice(start, some.length * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      toFloats(dtype, rest, some);
      out.put(some);
    }
  }

  private static void toFloats(DType dtype, ByteBuffer in, float[] out) {
    switch (dtype) {
      case FLOAT32 -> in.asFloatBuffer().get(out);
      case FLOAT16 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Float16.toFloat(in.getShort(2 * i));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Float16.bfloatToFloat(in.getShort(2 * i));
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) in.getDouble(8 * i);
        }
      }
      case INT8, BOOL -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = in.get(i);
        }
      }
      case UINT8 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = in.get(i) & 0xff;
        }
      }
      case INT16 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = in.getShort(2 * i);
        }
      }
      case INT32 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = in.getInt(4 * i);
        }
      }
      case INT64 -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = in.getLong(8 * i);
        }
      }
    }
  }
}
