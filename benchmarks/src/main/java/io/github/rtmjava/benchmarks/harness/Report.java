package io.github.rtmjava.benchmarks.harness;

import java.util.Locale;

/** How numbers look. */
final class Report {
  private Report() {}

  /** Three digits, and no more. */
  static String milliseconds(double millis) {
    int decimals = millis < 9.995 ? 2 : millis < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", millis);
  }
}
