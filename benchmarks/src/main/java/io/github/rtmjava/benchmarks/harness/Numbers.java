package io.github.rtmjava.benchmarks.harness;

import java.util.Locale;

/** How numbers look. */
final class Numbers {
  private Numbers() {}

  /** About three digits. */
  static String milliseconds(double millis) {
    int decimals = millis < 9.995 ? 2 : millis < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", millis);
  }

  /** With two digits after the point. */
  static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** A small share of one, such as {@code 1.3e-06}. */
  static String share(double share) {
    return String.format(Locale.ROOT, "%.1e", share);
  }

  /** In megabytes of 2^20 bytes. */
  static String megabytes(long bytes) {
    return bytes < 0 ? "–" : Long.toString(Math.round(bytes / 0x1p20));
  }

  /** A few bytes as bytes, many as kilobytes. */
  static String bytes(double bytes) {
    return bytes < 10_000
        ? String.format(Locale.ROOT, "%.0f B", bytes)
        : String.format(Locale.ROOT, "%.0f kB", bytes / 1024);
  }
}
