package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.Data;
import java.util.Locale;

/** Text for a terminal, which a stranger's file must not steer. */
public final class Printable {
  private static final int MAX_VALUE = 60;
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

  /** A value in a few words. */
  public static String brief(Data data) {
    if (data instanceof Data.None) {
      return "None";
    } else if (data instanceof Data.Bool bool) {
      return Boolean.toString(bool.value());
    } else if (data instanceof Data.Int number) {
      return Long.toString(number.value());
    } else if (data instanceof Data.Real number) {
      return Double.toString(number.value());
    } else if (data instanceof Data.Text text) {
      String start = text.value().substring(0, Math.min(text.value().length(), 4 * MAX_VALUE));
      String line = line(start);
      return line.length() > MAX_VALUE || start.length() < text.value().length()
          ? "%s… (%s characters)"
              .formatted(
                  line.substring(0, Math.min(MAX_VALUE, line.length())), text.value().length())
          : line;
    } else if (data instanceof Data.Bytes bytes) {
      return bytes.value().length + " bytes";
    } else if (data instanceof Data.Items items) {
      return items.values().size() + " items";
    } else if (data instanceof Data.Dict dict) {
      return dict.values().size() + " entries";
    } else if (data instanceof Data.Array array) {
      return array.value().toString();
    }
    return "object of type " + line(((Data.Opaque) data).type());
  }

  /** A number of bytes as people read it. */
  public static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%,d bytes", bytes)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
