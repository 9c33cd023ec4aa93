package io.github.rtmjava.output.format;

import java.math.BigDecimal;

/** Numbers as text with a fixed number of decimals, as old readers of text want them. */
public final class Decimals {
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private Decimals() {}

  /**
   * Adds a number, rounded.
   *
   * @param value finite
   * @param decimals 1 to 8
   */
  public static void append(StringBuilder out, double value, int decimals) {
    long power = POWERS[decimals];
    double scaled = Math.rint(Math.abs(value) * power);
    if (scaled >= Long.MAX_VALUE) {
      out.append(new BigDecimal(value).toPlainString());
      return;
    }
    long digits = (long) scaled;
    if (value < 0 && digits > 0) {
      out.append('-');
    }
    out.append(digits / power).append('.');
    String fraction = Long.toString(power + digits % power);
    out.append(fraction, 1, fraction.length());
  }
}
