package io.github.rtmjava.parity;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds at one moment.
 *
 * @param predictions made so far
 * @param residentKiB of the whole process, as Linux counts it
 * @param directKiB in Java's own buffers outside of the heap
 */
record MemorySample(int predictions, long residentKiB, long directKiB) {

  static MemorySample now(int predictions) throws IOException {
    long resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new MemorySample(predictions, resident, direct >> 10);
  }

  /** The three numbers, separated by blanks. */
  @Override
  public String toString() {
    return "memory %d %d %d".formatted(predictions, residentKiB, directKiB);
  }

  static MemorySample of(String line) {
    String[] words = line.split(" ", -1);
    return new MemorySample(
        Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }
}
