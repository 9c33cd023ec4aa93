package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import java.util.List;

/** Text in pickles, and objects as Python prints them. */
final class PyText {
  private static final int MAX_TUPLE = 16;
  private static final int MAX_TEXT = 80;

  private PyText() {}

  /** The string that an object is. */
  static String of(Py value) throws CheckpointException {
    if (value instanceof Py.Plain plain && plain.data() instanceof Data.Text text) {
      return text.value();
    }
    throw PickleMachine.damaged("another object where a string belongs");
  }

  /** A dictionary's key: a string itself, anything else as Python prints it. */
  static String key(Py key) {
    return key instanceof Py.Plain plain && plain.data() instanceof Data.Text text
        ? text.value()
        : repr(key, 0);
  }

  private static String repr(Py value, int depth) {
    if (value instanceof Py.Plain plain) {
      return repr(plain.data());
    }
    if (value instanceof Py.Tuple tuple && tuple.values().size() <= MAX_TUPLE && depth < 2) {
      List<String> parts = tuple.values().stream().map(v -> repr(v, depth + 1)).toList();
      return "(" + String.join(", ", parts) + (parts.size() == 1 ? ",)" : ")");
    }
    if (value instanceof Py.Global global) {
      return "<" + global.name() + ">";
    }
    return "<object>";
  }

  private static String repr(Data data) {
    if (data instanceof Data.None) {
      return "None";
    } else if (data instanceof Data.Bool bool) {
      return bool.value() ? "True" : "False";
    } else if (data instanceof Data.Int number) {
      return Long.toString(number.value());
    } else if (data instanceof Data.Real number) {
      return Double.toString(number.value());
    } else if (data instanceof Data.Text text) {
      String value = text.value();
      return "'" + (value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) + "…" : value) + "'";
    } else if (data instanceof Data.Bytes bytes) {
      return "<%s bytes>".formatted(bytes.value().length);
    }
    return "<object>";
  }

  /** A quoted string of protocol 0 without quotes and escapes. */
  static String unquote(String line) throws CheckpointException {
    int n = line.length();
    if (n < 2 || line.charAt(0) != line.charAt(n - 1) || "'\"".indexOf(line.charAt(0)) < 0) {
      throw PickleMachine.damaged("a string without quotes");
    }
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < n - 1; i++) {
      char c = line.charAt(i);
      if (c != '\\' || i + 1 >= n - 1) {
        out.append(c);
        continue;
      }
      char escape = line.charAt(++i);
      switch (escape) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'x' -> {
          out.append(hex(line, i + 1, 2));
          i += 2;
        }
        default -> out.append(escape);
      }
    }
    return out.toString();
  }

  /** Text of protocol 0: latin-1 with {@code \\uXXXX} and {@code \\UXXXXXXXX}. */
  static String rawUnicodeEscape(String line) throws CheckpointException {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      char next = c == '\\' && i + 1 < line.length() ? line.charAt(i + 1) : 0;
      if (next == 'u') {
        out.append(hex(line, i + 2, 4));
        i += 5;
      } else if (next == 'U') {
        out.append(hex(line, i + 2, 8));
        i += 9;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String hex(String line, int from, int digits) throws CheckpointException {
    try {
      int code = Integer.parseUnsignedInt(line.substring(from, from + digits), 16);
      return Character.toString(code);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw PickleMachine.damaged("a damaged escape in a string");
    }
  }
}
