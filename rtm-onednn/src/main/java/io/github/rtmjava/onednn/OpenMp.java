package io.github.rtmjava.onednn;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.function.Supplier;

/**
 * The OpenMP runtime that oneDNN was linked with. Its number of threads is a setting of the calling
 * thread: our threads set it to one, so that a primitive runs where it is called.
 */
final class OpenMp {
  private final Function setThreads;
  private final Function maxThreads;

  private OpenMp(NativeLibrary library) {
    setThreads = library.getFunction("omp_set_num_threads");
    maxThreads = library.getFunction("omp_get_max_threads");
  }

  /**
   * Finds the runtime that is in this process already; call after oneDNN is loaded.
   *
   * @throws UnsatisfiedLinkError if there is none of that name
   */
  static OpenMp load() {
    return new OpenMp(
        NativeLibrary.getInstance(
            Platform.isWindows() ? "vcomp140" : Platform.isMac() ? "omp" : "libgomp.so.1"));
  }

  /** Sets the calling thread's number and returns what it was. */
  int setThreads(int threads) {
    int before = maxThreads.invokeInt(new Object[0]);
    if (before != threads) {
      setThreads.invokeVoid(new Object[] {threads});
    }
    return before;
  }

  /**
   * Does something with oneDNN on the calling thread alone: making primitives too, which choose
   * their blocking by the number of threads that they will find.
   */
  <T> T alone(Supplier<T> work) {
    int before = setThreads(1);
    try {
      return work.get();
    } finally {
      setThreads(before);
    }
  }
}
