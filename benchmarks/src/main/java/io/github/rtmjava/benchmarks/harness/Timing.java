package io.github.rtmjava.benchmarks.harness;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Times of runs, and what is made of them. */
final class Timing {
  private Timing() {}

  /** Runs again and again, at least once, until the time is over; nanoseconds of each run. */
  static long[] run(Runnable work, long nanos) {
    LongStream.Builder times = LongStream.builder();
    long start = System.nanoTime();
    long before = start;
    do {
      work.run();
      long after = System.nanoTime();
      times.add(after - before);
      before = after;
    } while (before - start < nanos);
    return times.build().toArray();
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
