package io.github.rtmjava.image;

import java.nio.charset.StandardCharsets;

/** A stretch of a file; reading past its end says that the file is truncated. */
final class Bytes {
  /** What a reader was after when the bytes ended. */
  static final class EndException extends Exception {
    private static final long serialVersionUID = 1L;

    EndException(long needed, int found) {
      super("it ends after %s bytes where at least %s are needed".formatted(found, needed));
    }
  }

  private final byte[] data;
  private final int start;
  private final int end;
  private final boolean littleEndian;

  private Bytes(byte[] data, int start, int end, boolean littleEndian) {
    this.data = data;
    this.start = start;
    this.end = end;
    this.littleEndian = littleEndian;
  }

  /** A whole file, big-endian. */
  static Bytes of(byte[] data) {
    return new Bytes(data, 0, data.length, false);
  }

  /** The same bytes with the other order of multi-byte numbers. */
  Bytes littleEndian() {
    return new Bytes(data, start, end, true);
  }

  /** The same bytes, most significant first. */
  Bytes bigEndian() {
    return new Bytes(data, start, end, false);
  }

  /** A part with offsets of its own. */
  Bytes slice(long from, long length) throws EndException {
    require(from, length);
    int first = start + (int) from;
    return new Bytes(data, first, first + (int) length, littleEndian);
  }

  int length() {
    return end - start;
  }

  /** Position in the whole file. */
  int absolute(int at) {
    return start + at;
  }

  /** Fails unless these bytes are there. */
  void require(long from, long length) throws EndException {
    if (from < 0 || length < 0 || from > length() || length > length() - from) {
      throw new EndException(Math.max(0, from) + Math.max(0, length) + start, end);
    }
  }

  int u8(long at) throws EndException {
    require(at, 1);
    return data[start + (int) at] & 0xff;
  }

  int u16(long at) throws EndException {
    int a = u8(at);
    int b = u8(at + 1);
    return littleEndian ? b << 8 | a : a << 8 | b;
  }

  long u32(long at) throws EndException {
    long a = u16(at);
    long b = u16(at + 2);
    return littleEndian ? b << 16 | a : a << 16 | b;
  }

  /** A 64-bit number; above the largest {@code long} it is negative, and no valid offset. */
  long u64(long at) throws EndException {
    long a = u32(at);
    long b = u32(at + 4);
    return littleEndian ? b << 32 | a : a << 32 | b;
  }

  /** Whether these characters stand there; false where the bytes end before. */
  boolean has(int at, String latin1) {
    if (at < 0 || latin1.length() > length() - at) {
      return false;
    }
    return new String(data, start + at, latin1.length(), StandardCharsets.ISO_8859_1)
        .equals(latin1);
  }
}
