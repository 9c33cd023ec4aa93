package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bytes that can be read from any position. Sizes are checked before anything is allocated. */
public sealed interface ByteSource {
  /** Number of bytes. */
  long size();

  /** Fills the rest of {@code into} from {@code position} on. */
  void read(long position, ByteBuffer into) throws IOException;

  /** A part of these bytes. */
  default ByteSource slice(long position, long length) throws IOException {
    require(position, length);
    return new Part(this, position, length);
  }

  /** A little-endian heap buffer with a copy of {@code length} bytes from {@code position} on. */
  default ByteBuffer bytes(long position, long length) throws IOException {
    require(position, length);
    if (length > Integer.MAX_VALUE - 8) {
      throw new CheckpointException(
          "expected blocks of at most 2 GiB, found one of %s bytes".formatted(length));
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    read(position, buffer);
    return buffer.flip();
  }

  private void require(long position, long length) throws IOException {
    if (position < 0 || length < 0 || position > size() - length) {
      throw new CheckpointException(
          "expected %s bytes at position %s, found the end at %s; the file is cut off or damaged:"
                  .formatted(Long.toUnsignedString(length), Long.toUnsignedString(position), size())
              + " fetch it again");
    }
  }

  /** An open file, read in blocks because each goes through a direct buffer of its size. */
  record OfFile(FileChannel channel, long size) implements ByteSource {
    private static final int BLOCK = 1 << 18;

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      int end = into.limit();
      long at = position;
      while (into.position() < end) {
        into.limit(Math.min(end, into.position() + BLOCK));
        int n = channel.read(into, at);
        if (n < 0) {
          throw new CheckpointException("the file became shorter while it was read");
        }
        at += n;
      }
    }
  }

  /** Bytes in memory. */
  record OfArray(byte[] array) implements ByteSource {
    @Override
    public long size() {
      return array.length;
    }

    @Override
    public void read(long position, ByteBuffer into) {
      into.put(array, (int) position, into.remaining());
    }
  }

  /** A part of other bytes. */
  record Part(ByteSource whole, long start, long size) implements ByteSource {
    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      whole.read(start + position, into);
    }
  }
}
