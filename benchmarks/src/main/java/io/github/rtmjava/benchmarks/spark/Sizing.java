package io.github.rtmjava.benchmarks.spark;

import java.io.PrintWriter;
import java.util.Locale;

/** What an archive would take, by rule of three. */
final class Sizing {
  private static final double HOURS = 1e6;
  private static final double FRAME_RATE = 25;
  private static final double SECONDS_OF_A_DAY = 86_400;
  private static final int[] CORES = {100, 1000, 10_000};

  private Sizing() {}

  /**
   * Prints it.
   *
   * @param rate frames in a second for each core
   * @param bytes of results for each frame
   * @param memory bytes for each core
   */
  static void print(double rate, double bytes, long memory, PrintWriter out) {
    double frames = HOURS * 3600 * FRAME_RATE;
    double days = frames / rate / SECONDS_OF_A_DAY;
    out.printf(
        Locale.ROOT,
        "Extrapolated, not measured: 1,000,000 hours of video with %.0f frames in a second, on"
            + " cores like these, %.2f frames in a second each, %.0f bytes of results for each"
            + " frame%n%n",
        FRAME_RATE,
        rate,
        bytes);
    out.println("| cores | days | memory, GB | results, TB |");
    out.println("|---|---|---|---|");
    for (int cores : CORES) {
      out.printf(
          Locale.ROOT,
          "| %,d | %,.0f | %,.0f | %.1f |%n",
          cores,
          days / cores,
          cores * memory / 1e9,
          frames * bytes / 1e12);
    }
    out.flush();
  }
}
