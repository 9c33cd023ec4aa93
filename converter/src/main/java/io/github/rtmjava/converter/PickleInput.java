package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A pickle's bytes in sequence, through a small buffer. */
final class PickleInput {
  private static final int MAX_LINE = 4096;
  private static final int MAX_INTEGER_BYTES = 256;

  private final ByteSource source;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

  /** Position in the source that follows the buffer's contents. */
  private long next;

  PickleInput(ByteSource source, long position) {
    this.source = source;
    this.next = position;
    buffer.limit(0);
  }

  /** Position of the byte that is read next. */
  long position() {
    return next - buffer.remaining();
  }

  int u8() throws IOException {
    need(1);
    return buffer.get() & 0xff;
  }

  int u16() throws IOException {
    need(2);
    return buffer.getShort() & 0xffff;
  }

  int i32() throws IOException {
    need(4);
    return buffer.getInt();
  }

  long u32() throws IOException {
    return i32() & 0xffffffffL;
  }

  long i64() throws IOException {
    need(8);
    return buffer.getLong();
  }

  double bigEndianDouble() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(i64()));
  }

  /** A little-endian two's complement integer. */
  BigInteger integer(long length) throws IOException {
    if (length > MAX_INTEGER_BYTES) {
      throw new CheckpointException(
          "expected integers of at most %s bytes, found one of %s"
              .formatted(MAX_INTEGER_BYTES, length));
    }
    byte[] bytes = bytes(length);
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
  }

  byte[] bytes(long length) throws IOException {
    long left = source.size() - position();
    if (length < 0 || length > left || length > Integer.MAX_VALUE - 8) {
      throw new CheckpointException(
          "a string in the pickle claims %s bytes, but only %s follow; the file is damaged"
              .formatted(Long.toUnsignedString(length), left));
    }
    byte[] out = new byte[(int) length];
    int buffered = Math.min(out.length, buffer.remaining());
    buffer.get(out, 0, buffered);
    if (buffered < out.length) {
      source.read(next, ByteBuffer.wrap(out, buffered, out.length - buffered));
      next += out.length - buffered;
    }
    return out;
  }

  String utf8(long length) throws IOException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  String latin1(long length) throws IOException {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Text up to a line feed, which is skipped. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = u8(); c != '\n'; c = u8()) {
      if (line.length() == MAX_LINE) {
        throw new CheckpointException(
            "expected lines of at most %s characters in the pickle, found a longer one"
                .formatted(MAX_LINE));
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private void need(int count) throws IOException {
    if (buffer.remaining() >= count) {
      return;
    }
    buffer.compact();
    int fill = (int) Math.min(buffer.remaining(), source.size() - next);
    if (buffer.position() + fill < count) {
      throw new CheckpointException(
          "the pickle ends in the middle, at byte %s; the file is cut off: fetch it again"
              .formatted(source.size()));
    }
    buffer.limit(buffer.position() + fill);
    source.read(next, buffer);
    next += fill;
    buffer.flip();
  }
}
