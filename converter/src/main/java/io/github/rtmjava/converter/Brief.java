package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.files.Printable;

/** Data of a checkpoint in a few words. */
final class Brief {
  private static final int MAX_VALUE = 60;

  private Brief() {}

  static String of(Data data) {
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
      String line = Printable.line(start);
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
    return "object of type " + Printable.line(((Data.Opaque) data).type());
  }
}
