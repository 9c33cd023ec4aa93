package io.github.rtmjava.output.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as bytes, the lowest first. */
public final class LittleEndian {
  private LittleEndian() {}

  /** Puts numbers into an array. */
  public static ByteBuffer over(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Two bytes each. */
  public static byte[] shorts(int... values) {
    byte[] bytes = new byte[2 * values.length];
    ByteBuffer buffer = over(bytes);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return bytes;
  }

  /** Four bytes each. */
  public static byte[] floats(float... values) {
    byte[] bytes = new byte[4 * values.length];
    over(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  /** Eight bytes each. */
  public static byte[] longs(long... values) {
    byte[] bytes = new byte[8 * values.length];
    over(bytes).asLongBuffer().put(values);
    return bytes;
  }

  /** Eight bytes each. */
  public static byte[] doubles(double... values) {
    byte[] bytes = new byte[8 * values.length];
    over(bytes).asDoubleBuffer().put(values);
    return bytes;
  }
}
