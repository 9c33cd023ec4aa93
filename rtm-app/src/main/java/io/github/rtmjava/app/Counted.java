package io.github.rtmjava.app;

import java.util.Locale;

/** Numbers of things, for people. */
final class Counted {
  private Counted() {}

  static String of(long count, String one, String many) {
    return String.format(Locale.ROOT, "%d %s", count, count == 1 ? one : many);
  }
}
