package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what a file has that is not as expected, to say each kind once. */
final class Remarks {
  private final String file;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  Remarks(String file) {
    this.file = file;
  }

  /**
   * One more of a kind.
   *
   * @param what in the singular, for example {@code annotation without keypoints}
   * @param plural the same of several
   * @param consequence what becomes of them, for example {@code left out}
   * @param example names this one, for example {@code annotation 7}; the first is told
   */
  void count(String what, String plural, String consequence, String example) {
    kinds.computeIfAbsent(what, key -> new Kind(what, plural, consequence, example)).count++;
  }

  IOException problem(String message) {
    return new IOException(file + ": " + message);
  }

  /** A line for each kind. */
  void tell(Consumer<String> listener) {
    kinds.values().forEach(kind -> listener.accept(file + ": " + kind.line()));
  }

  private static final class Kind {
    private final String what;
    private final String plural;
    private final String consequence;
    private final String example;
    private int count;

    private Kind(String what, String plural, String consequence, String example) {
      this.what = what;
      this.plural = plural;
      this.consequence = consequence;
      this.example = example;
    }

    private String line() {
      return count == 1
          ? "1 %s: %s (%s)".formatted(what, consequence, example)
          : "%s %s: %s (the first is %s)".formatted(count, plural, consequence, example);
    }
  }
}
