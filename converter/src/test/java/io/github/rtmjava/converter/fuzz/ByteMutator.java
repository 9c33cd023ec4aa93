package io.github.rtmjava.converter.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes without knowing what they mean. */
final class ByteMutator {
  private static final int MAX_SIZE = 1 << 17;

  /** Where sizes, counts and offsets tend to go wrong. */
  static final long[] EDGES = {
    0,
    1,
    2,
    7,
    8,
    0x7f,
    0x80,
    0xff,
    0x100,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    1 << 20,
    (1L << 31) - 1,
    1L << 31,
    (1L << 32) - 1,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE - 8,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -8,
    -1
  };

  private final SplittableRandom random;

  ByteMutator(SplittableRandom random) {
    this.random = random;
  }

  /** A few random changes; {@code others} are what parts are taken from. */
  byte[] mutate(byte[] original, List<byte[]> others) {
    byte[] bytes = original.clone();
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes = once(bytes, others);
    }
    return bytes;
  }

  private byte[] once(byte[] bytes, List<byte[]> others) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3 -> {
        int other = random.nextInt(bytes.length);
        byte swapped = bytes[at];
        bytes[at] = bytes[other];
        bytes[other] = swapped;
      }
      case 4 -> number(bytes, at, 1 << random.nextInt(4), edge(bytes.length));
      case 5 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        int from = random.nextInt(other.length);
        return join(bytes, at, other, from, Math.min(other.length, MAX_SIZE - at));
      }
      case 6 -> {
        // A stretch a second time, or left out.
        return join(bytes, at, bytes, random.nextInt(bytes.length), bytes.length);
      }
      default -> {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(16));
        Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0 : 0xff));
      }
    }
    return bytes;
  }

  private static byte[] join(byte[] head, int headEnd, byte[] tail, int from, int to) {
    int length = Math.max(0, Math.min(to - from, MAX_SIZE - headEnd));
    byte[] joined = Arrays.copyOf(head, headEnd + length);
    System.arraycopy(tail, from, joined, headEnd, length);
    return joined;
  }

  /** One of the edges, or a number near {@code size}. */
  long edge(long size) {
    int choice = random.nextInt(EDGES.length + 4);
    return choice < EDGES.length ? EDGES[choice] : size - 2 + random.nextInt(5);
  }

  /** Writes a little-endian number of {@code width} bytes as far as it fits. */
  static void number(byte[] bytes, int at, int width, long value) {
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }
}
