package io.github.rtmjava.output.viewer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian numbers one after another, in a buffer that grows and is used again. */
final class BlockBytes {
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  void clear() {
    buffer.clear();
  }

  byte[] array() {
    return buffer.array();
  }

  int length() {
    return buffer.position();
  }

  void int8(int value) {
    room(Byte.BYTES).put((byte) value);
  }

  void int16(int value) {
    room(Short.BYTES).putShort((short) value);
  }

  void int32(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void float32(float value) {
    room(Float.BYTES).putFloat(value);
  }

  void float64(double value) {
    room(Double.BYTES).putDouble(value);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.multiplyExact(2, buffer.capacity()))
              .order(ByteOrder.LITTLE_ENDIAN);
      larger.put(buffer.flip());
      buffer = larger;
    }
    return buffer;
  }
}
