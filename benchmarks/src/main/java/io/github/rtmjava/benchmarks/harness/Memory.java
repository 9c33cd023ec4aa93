package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Memory of processes. */
final class Memory {
  private Memory() {}

  /** The most that was ever resident, in bytes; -1 where the system does not say so. */
  static long peakBytes() throws IOException {
    return peakBytes(ProcessHandle.current().pid());
  }

  /** The same of another process; -1 once it has ended. */
  static long peakBytes(long process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process), "status");
    if (!Files.isReadable(status)) {
      return -1;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(-1);
    } catch (NoSuchFileException e) {
      return -1; // ended between the two looks
    }
  }
}
