package io.github.rtmjava.compiler.tuning;

/**
 * Who runs a program at the same time.
 *
 * @param images for each executable
 * @param executables that run side by side, each on a thread of its own
 * @param parts threads that share the work of an executable; 1 where there are several
 */
public record Workload(int images, int executables, int parts) {
  /** All threads share one image. */
  public static Workload latency(int threads) {
    return new Workload(1, 1, threads);
  }

  /** Each thread has images of its own. */
  public static Workload throughput(int images, int threads) {
    return new Workload(images, threads, 1);
  }
}
