package io.github.rtmjava.onednn.natives;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * The OpenMP runtime that oneDNN was linked with. Its number of threads is a setting of the calling
 * thread: our threads set it to one, so that a primitive runs where it is called.
 */
public final class OpenMp {
  /**
   * RTLD_LAZY without RTLD_GLOBAL, which JNA adds otherwise: ND4J has a oneDNN of another version,
   * which would call functions of this one.
   */
  private static final int LOCALLY = 1;

  private OpenMp() {}

  /** The runtime's functions, by their names there. */
  private static final class Functions {
    private Functions() {}

    static native void omp_set_num_threads(int threads);

    static native int omp_get_max_threads();
  }

  /**
   * Finds the runtime that oneDNN itself calls: several may be in a process. The system looks for
   * names in a library and in those that it was linked with; Windows does not, but has one runtime.
   *
   * @throws UnsatisfiedLinkError if there is none
   */
  public static OpenMp load() {
    String onednn = Loader.load(org.bytedeco.dnnl.global.dnnl.class);
    Native.register(
        Functions.class,
        Platform.isWindows() || onednn == null
            ? NativeLibrary.getInstance("vcomp140")
            : NativeLibrary.getInstance(onednn, Map.of(Library.OPTION_OPEN_FLAGS, LOCALLY)));
    OpenMp found = new OpenMp();
    found.check();
    return found;
  }

  /** Whether what is set is what oneDNN would be told. */
  private void check() {
    int before = setThreads(1);
    int told = Functions.omp_get_max_threads();
    setThreads(before);
    if (told != 1) {
      throw new UnsatisfiedLinkError(
          "OpenMP was told to use one thread and uses " + told + "; unset OMP_ variables");
    }
  }

  /** Sets the calling thread's number and returns what it was. */
  public int setThreads(int threads) {
    int before = Functions.omp_get_max_threads();
    if (before != threads) {
      Functions.omp_set_num_threads(threads);
    }
    return before;
  }
}
