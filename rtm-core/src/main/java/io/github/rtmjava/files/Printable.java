package io.github.rtmjava.files;

import java.util.Locale;

/** Text for a terminal, which a stranger's file must not steer. */
public final class Printable {
  private static final int MAX_MESSAGE = 2000;

  private Printable() {}

  /** The text in one line without control characters. */
  public static String line(String text) {
    return text.strip().replaceAll("\\R", " ").replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }

  /** A message in one line of bounded length: names in it may come from a stranger's file. */
  public static String message(String text) {
    String line = line(text);
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
  }

  /** What is to be said about a file, as {@link #message} after its name. */
  public static String of(String file, String text) {
    return message(file + ": " + text);
  }

  /** A number of bytes as people read it. */
  public static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%,d bytes", bytes)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
