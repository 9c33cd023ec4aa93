package io.github.rtmjava.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The limit of open files, of which many kinds of failure tell without naming it. */
final class OpenFiles {
  /** So close to the limit nothing more can be opened. */
  private static final int MARGIN = 3;

  private OpenFiles() {}

  /** Whether something failed for this limit: it says so, or classes vanish at the limit. */
  static boolean areTooMany(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("too many open files")) {
        return true;
      }
    }
    return thrown instanceof Error
        && ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getOpenFileDescriptorCount() > system.getMaxFileDescriptorCount() - MARGIN;
  }

  static String advice() {
    String limit =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? " (%s)".formatted(system.getMaxFileDescriptorCount())
            : "";
    return "this process may not open as many files as it needs%s; allow more, for example with 'ulimit -n 1024'"
        .formatted(limit);
  }
}
