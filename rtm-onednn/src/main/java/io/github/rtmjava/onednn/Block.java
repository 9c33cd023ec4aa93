package io.github.rtmjava.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory with one owner, aligned to cache lines. */
final class Block implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final Pointer allocated;
  private final BytePointer start;
  private final long bytes;
  private boolean closed;

  /**
   * Takes memory.
   *
   * @throws OutOfMemoryError if there is none
   */
  Block(long bytes) {
    this.bytes = bytes;
    allocated = Pointer.malloc(bytes + ALIGNMENT);
    if (allocated.isNull()) {
      throw new OutOfMemoryError("no native memory of " + bytes + " bytes");
    }
    long over = allocated.address() % ALIGNMENT;
    start = new BytePointer(allocated).getPointer(over == 0 ? 0 : ALIGNMENT - over);
  }

  long bytes() {
    return bytes;
  }

  /** The address so many bytes from the start. */
  Pointer at(long offset) {
    return start.getPointer(offset);
  }

  /** A view of a part of at most 2 GiB; its end is the view's, so it must not outlive the block. */
  ByteBuffer view(long offset, long length) {
    BytePointer part = start.getPointer(offset);
    part.capacity(length);
    return part.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Sets all bytes to zero. */
  void clear() {
    Pointer.memset(start, 0, bytes);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Pointer.free(allocated);
    }
  }
}
