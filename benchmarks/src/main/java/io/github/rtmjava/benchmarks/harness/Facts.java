package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;

/**
 * What a process needed until its first result.
 *
 * @param openMillis to open the bundle and build the network
 * @param compileMillis to load the engine and make the network ready, reading the weights included
 * @param firstMillis for the first run
 * @param peakBytes most memory that was ever resident in the process
 */
record Facts(long openMillis, long compileMillis, long firstMillis, long peakBytes) {
  /** Makes the first run. */
  static Facts of(Subject subject) throws IOException {
    long start = System.nanoTime();
    subject.run();
    return new Facts(
        subject.openNanos() / 1_000_000,
        subject.compileNanos() / 1_000_000,
        (System.nanoTime() - start) / 1_000_000,
        Memory.peakBytes());
  }

  static Facts parse(String line) {
    String[] words = line.split(" ", -1);
    return new Facts(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  /** The numbers in their order. */
  @Override
  public String toString() {
    return "%s %s %s %s".formatted(openMillis, compileMillis, firstMillis, peakBytes);
  }
}
