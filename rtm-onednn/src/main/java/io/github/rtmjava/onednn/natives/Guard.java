package io.github.rtmjava.onednn.natives;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.github.rtmjava.engine.EngineException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory between two pages that nobody may touch: whoever reads or writes beyond its end, or uses
 * it after it was freed, crashes there and then. It ends as close to the second page as cache lines
 * allow, and is full of NaN at first, to show whatever nobody has written. For finding errors of
 * native code, which are silent otherwise.
 */
final class Guard {
  /** System property. */
  static final String PROPERTY = "rtm.onednn.guard";

  private static final boolean WANTED = Boolean.getBoolean(PROPERTY);
  private static final int PROT_NONE = 0;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int NAN = 0xff;

  private final long mapping;
  private final long length;
  private final long start;

  private Guard(long mapping, long length, long start) {
    this.mapping = mapping;
    this.length = length;
    this.start = start;
  }

  static boolean wanted() {
    return WANTED;
  }

  static Guard around(long bytes) {
    long page = C.getpagesize();
    long lines =
        (bytes + NativeMemory.ALIGNMENT - 1) / NativeMemory.ALIGNMENT * NativeMemory.ALIGNMENT;
    long inside = (lines + page - 1) / page * page;
    long length = inside + 2 * page;
    long mapping = C.mmap(0, length, PROT_NONE, MAP_PRIVATE_ANONYMOUS, -1, 0);
    if (mapping == -1) {
      throw new OutOfMemoryError("no native memory of " + bytes + " guarded bytes");
    }
    Guard made = new Guard(mapping, length, mapping + page + inside - lines);
    if (inside > 0 && C.mprotect(mapping + page, inside, PROT_READ_WRITE) != 0) {
      made.free();
      throw new OutOfMemoryError("no native memory of " + bytes + " guarded bytes");
    }
    Pointer.memset(made.start(), NAN, bytes);
    return made;
  }

  BytePointer start() {
    return new Address(start);
  }

  void free() {
    C.munmap(mapping, length);
  }

  private static final class Address extends BytePointer {
    Address(long at) {
      super((Pointer) null);
      address = at;
    }
  }

  /** Linux's. */
  private static final class C {
    static {
      if (!Platform.isLinux() || !Platform.is64Bit()) {
        throw new EngineException("-D" + PROPERTY + " works on 64-bit Linux alone; leave it out");
      }
      Native.register(C.class, NativeLibrary.getInstance("c"));
    }

    private C() {}

    static native int getpagesize();

    static native long mmap(long address, long length, int prot, int flags, int file, long offset);

    static native int mprotect(long address, long length, int prot);

    static native int munmap(long address, long length);
  }
}
