package io.github.rtmjava.onednn.natives;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Native memory with one owner, aligned to cache lines. */
public final class NativeMemory implements AutoCloseable {
  static final int ALIGNMENT = 64;

  private final BytePointer start;
  private final long bytes;
  private final Runnable free;
  private boolean closed;

  /**
   * Takes memory.
   *
   * @throws OutOfMemoryError if there is none
   */
  public NativeMemory(long bytes) {
    this.bytes = bytes;
    if (Guard.wanted()) {
      Guard guarded = Guard.around(bytes);
      start = guarded.start();
      free = guarded::free;
      return;
    }
    Pointer allocated = Pointer.malloc(bytes + ALIGNMENT);
    if (allocated == null || allocated.isNull()) {
      throw new OutOfMemoryError("no native memory of " + bytes + " bytes");
    }
    start = new BytePointer(allocated).getPointer(-allocated.address() & (ALIGNMENT - 1));
    free = () -> Pointer.free(allocated);
  }

  /** Whether blocks have pages around them that nobody may touch, to find who does. */
  public static boolean isGuarded() {
    return Guard.wanted();
  }

  /** Bytes asked for. */
  public long bytes() {
    return bytes;
  }

  /** The address so many bytes from the start. */
  public Pointer at(long offset) {
    return start.getPointer(offset);
  }

  /** A view of a part of at most 2 GiB; its end is the view's, so it must not outlive the block. */
  public ByteBuffer view(long offset, long length) {
    BytePointer part = start.getPointer(offset);
    part.capacity(length);
    return part.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Sets all bytes to zero. */
  public void clear() {
    Pointer.memset(start, 0, bytes);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      free.run();
    }
  }
}
