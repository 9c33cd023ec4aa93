package io.github.rtmjava.onednn.winograd;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory that begins at a cache line. Its owner closes it. */
final class NativeBlock implements AutoCloseable {
  private static final long LINE = 64;

  private final Pointer allocated;
  private final Pointer start;

  /**
   * Allocates.
   *
   * @throws OutOfMemoryError where there is not so much
   */
  NativeBlock(long bytes) {
    allocated = Pointer.malloc(bytes + LINE);
    if (allocated == null || allocated.isNull()) {
      throw new OutOfMemoryError("no %s bytes of native memory".formatted(bytes));
    }
    start = new BytePointer(allocated).getPointer(-allocated.address() & (LINE - 1));
  }

  Pointer start() {
    return start;
  }

  @Override
  public void close() {
    Pointer.free(allocated);
  }
}
