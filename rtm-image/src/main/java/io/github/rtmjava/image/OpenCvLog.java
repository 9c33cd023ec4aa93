package io.github.rtmjava.image;

import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.ErrorCallback;

/**
 * Keeps OpenCV from writing its log to the console: it reports every unknown tag of a TIFF file.
 *
 * <p>The Java bindings leave {@code cv::utils::logging::setLogLevel} out, so it is looked up by its
 * linker name and called through a callback type of theirs whose first argument is an int as well;
 * the calling conventions of all our platforms let a function ignore further arguments. Where the
 * name is not found the log stays as it is; {@code OPENCV_LOG_LEVEL=SILENT} does the same from
 * outside.
 */
final class OpenCvLog {
  private static final int SILENT = 0;
  private static final String CORE = "opencv_core";
  private static final List<String> NAMES =
      List.of(
          "_ZN2cv5utils7logging11setLogLevelENS1_8LogLevelE",
          "?setLogLevel@logging@utils@cv@@YA?AW4LogLevel@123@W44123@@Z");

  private OpenCvLog() {}

  /** Once OpenCV's core library is loaded. */
  static void silence() {
    for (Map.Entry<String, String> library : Loader.getLoadedLibraries().entrySet()) {
      if (library.getKey().startsWith(CORE)) {
        Loader.loadGlobal(library.getValue());
      }
    }
    for (String name : NAMES) {
      Pointer function = Loader.addressof(name);
      if (function != null && !function.isNull()) {
        try (PointerPointer<Pointer> cell = new PointerPointer<>(2)) {
          cell.put(0, function).put(1, null);
          new ErrorCallback(cell).call(SILENT, null, null, null, 0, null);
        }
        return;
      }
    }
  }
}
