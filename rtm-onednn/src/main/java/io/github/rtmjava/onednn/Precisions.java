package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.Precision;

/** What is computed in where a precision was asked for. */
final class Precisions {
  /** How much faster than in float32 bfloat16 must be. */
  private static final double CLEARLY = 1.15;

  private Precisions() {}

  /**
   * bfloat16 where the processor gains by it; float32 is no less precise.
   *
   * @param gain of bfloat16 over float32
   */
  static Precision resolve(Precision asked, double gain) {
    return asked == Precision.BFLOAT16 && gain > CLEARLY ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  /** The arithmetic for people. */
  static String describe(Precision asked, Precision used) {
    if (used == Precision.BFLOAT16) {
      return "bfloat16";
    }
    return switch (asked) {
      case BFLOAT16 -> "float32 (bfloat16 is not faster on this processor)";
      case AUTO -> "float32 (chosen)";
      case FLOAT32, FLOAT16 -> "float32";
    };
  }
}
