package io.github.rtmjava.spark;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What is wrong with a picture, in one line. */
final class Problem {
  private static final int LONGEST = 1000;

  private Problem() {}

  static String line(Throwable thrown) {
    Throwable told =
        thrown instanceof UncheckedIOException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    String message = String.valueOf(told.getMessage());
    boolean forPeople =
        told instanceof IOException
            || told instanceof IllegalArgumentException
            || told.getClass().getName().startsWith("io.github.rtmjava.");
    return printable(
        forPeople
            ? message
            : "unexpected %s (%s)".formatted(told.getClass().getSimpleName(), message));
  }

  private static String printable(String text) {
    String line = text.strip().replaceAll("\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
