package io.github.rtmjava.onednn;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.github.rtmjava.engine.EngineException;
import java.util.function.Supplier;

/**
 * The OpenMP runtime that oneDNN was linked with. Its number of threads is a setting of the calling
 * thread: our threads set it to one, so that a primitive runs where it is called.
 */
final class OpenMp {
  private OpenMp() {}

  /** The runtime's functions, by their names there. */
  private static final class Functions {
    private Functions() {}

    static native void omp_set_num_threads(int threads);

    static native int omp_get_max_threads();
  }

  /**
   * Finds the runtime that is in this process already; call after oneDNN is loaded.
   *
   * @throws UnsatisfiedLinkError if there is none of that name
   */
  static OpenMp load() {
    Native.register(
        Functions.class,
        NativeLibrary.getInstance(
            Platform.isWindows() ? "vcomp140" : Platform.isMac() ? "omp" : "libgomp.so.1"));
    return new OpenMp();
  }

  /** Sets the calling thread's number and returns what it was. */
  int setThreads(int threads) {
    int before = Functions.omp_get_max_threads();
    if (before != threads) {
      Functions.omp_set_num_threads(threads);
    }
    return before;
  }

  /**
   * Does something with oneDNN on the calling thread alone: making primitives too, which choose
   * their blocking by the number of threads that they will find.
   *
   * @throws EngineException if the process is ending
   */
  <T> T alone(Supplier<T> work) {
    return ExitGate.get()
        .within(
            () -> {
              int before = setThreads(1);
              try {
                return work.get();
              } finally {
                setThreads(before);
              }
            });
  }
}
