package io.github.rtmjava.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What of a process is in memory, on Linux, which tells of another process. */
final class Resident {
  private Resident() {}

  /** Bytes now; 0 once it has ended. */
  static long bytes(long process) throws IOException {
    return line(process, "VmRSS:");
  }

  /** The most there ever was, in bytes; 0 once it has ended. */
  static long peakBytes(long process) throws IOException {
    return line(process, "VmHWM:");
  }

  private static long line(long process, String name) throws IOException {
    Path status = Path.of("/proc", Long.toString(process), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
