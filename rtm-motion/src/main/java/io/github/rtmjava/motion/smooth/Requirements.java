package io.github.rtmjava.motion.smooth;

/** What parameters of filters must be. */
final class Requirements {
  private Requirements() {}

  static void positive(String what, double found) {
    if (!(found > 0) || !Double.isFinite(found)) {
      throw new IllegalArgumentException("expected %s above 0, found %s".formatted(what, found));
    }
  }

  static void odd(String what, int least, int found) {
    if (found < least || found % 2 == 0) {
      throw new IllegalArgumentException(
          "expected %s that is odd and at least %s, found %s".formatted(what, least, found));
    }
  }
}
