package io.github.rtmjava.converter.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pickle taken apart into its operations, each with its operands (Python's pickletools). */
final class PickleOps {
  private PickleOps() {}

  /** The operations from {@code start} up to and with STOP. */
  static List<byte[]> parse(byte[] pickle, int start) {
    List<byte[]> ops = new ArrayList<>();
    int at = start;
    while (true) {
      int end = end(pickle, at);
      ops.add(Arrays.copyOfRange(pickle, at, end));
      if (pickle[at] == '.') {
        return ops;
      }
      at = end;
    }
  }

  static byte[] join(List<byte[]> ops) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ops.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** Bytes of the length field that follows an operation; 0 where there is none. */
  static int lengthField(int op) {
    return switch (op) {
      case 'U', 'C', 0x8c, 0x8a -> 1;
      case 'T', 'X', 'B', 0x8b -> 4;
      case 0x8d, 0x8e, 0x96 -> 8;
      default -> 0;
    };
  }

  /** Bytes of an operand of fixed size. */
  static int fixed(int op) {
    return switch (op) {
      case 'K', 0x80, 0x82, 'h', 'q' -> 1;
      case 'M', 0x83 -> 2;
      case 'J', 'j', 'r', 0x84 -> 4;
      case 'G', 0x95 -> 8;
      default -> 0;
    };
  }

  /** Number of lines that an operation reads. */
  static int lines(int op) {
    return switch (op) {
      case 'F', 'I', 'L', 'S', 'V', 'P', 'g', 'p' -> 1;
      case 'c', 'i' -> 2;
      default -> 0;
    };
  }

  private static int end(byte[] pickle, int at) {
    int op = pickle[at] & 0xff;
    int field = lengthField(op);
    if (field > 0) {
      int length = 0;
      for (int i = field - 1; i >= 0; i--) {
        length = (length << 8) | (pickle[at + 1 + i] & 0xff);
      }
      return at + 1 + field + length;
    }
    int end = at + 1 + fixed(op);
    for (int lines = lines(op); lines > 0; lines--) {
      while (pickle[end++] != '\n') {}
    }
    return end;
  }
}
