package io.github.rtmjava.server.web;

import io.github.rtmjava.geometry.Box;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for by names and values, of its query or of a part of its body. Each is asked
 * for once; what nobody asks for is refused in the end, so that no misspelt name is without effect.
 */
public final class Parameters {
  private static final int MOST_NUMBERS = 4;

  private final Map<String, List<String>> values;
  private final Set<String> asked = new HashSet<>();

  /** Those of a map. */
  public Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** A text; null if it is not there. */
  public @Nullable String text(String name) {
    List<String> all = texts(name);
    if (all.size() > 1) {
      throw wrong(name, "one value", all.size() + " values");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** All texts of a name. */
  public List<String> texts(String name) {
    asked.add(name);
    return values.getOrDefault(name, List.of());
  }

  /** Yes or no. */
  public boolean flag(String name, boolean otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "on", "yes", "" -> true;
      case "false", "0", "off", "no" -> false;
      default -> throw wrong(name, "true or false", "'" + text + "'");
    };
  }

  /** A number in a range; null if it is not there. */
  public @Nullable Float number(String name, double from, double to) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      float value = Float.parseFloat(text);
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, "a number of %s to %s".formatted(plain(from), plain(to)), "'" + text + "'");
  }

  /** The same in double precision. */
  public @Nullable Double decimal(String name, double from, double to) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, "a number of %s to %s".formatted(plain(from), plain(to)), "'" + text + "'");
  }

  /** A whole number in a range. */
  public int count(String name, int from, int to, int otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, "a whole number of %s to %s".formatted(from, to), "'" + text + "'");
  }

  /** Four numbers with commas between; null if they are not there. */
  public double @Nullable [] four(String name, String form) {
    String text = text(name);
    return text == null ? null : four(name, form, text);
  }

  private static double[] four(String name, String form, String text) {
    String[] parts = text.split(",", -1);
    double[] numbers = new double[MOST_NUMBERS];
    try {
      for (int i = 0; i < MOST_NUMBERS && parts.length == MOST_NUMBERS; i++) {
        numbers[i] = Double.parseDouble(parts[i].strip());
        if (!Double.isFinite(numbers[i])) {
          throw new NumberFormatException();
        }
      }
      if (parts.length == MOST_NUMBERS) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(name, form, "'" + text + "'");
  }

  /** Boxes in pixels. */
  public List<Box> boxes(String name) {
    List<Box> boxes = new ArrayList<>();
    for (String text : texts(name)) {
      double[] v = four(name, "x1,y1,x2,y2 in pixels", text);
      Box box = new Box((float) v[0], (float) v[1], (float) v[2], (float) v[3]);
      if (!box.isProper()) {
        throw wrong(name, "x1,y1,x2,y2 in pixels with x1 < x2 and y1 < y2", "'" + text + "'");
      }
      boxes.add(box);
    }
    return boxes;
  }

  /** One of several words; null if it is not there. */
  public @Nullable String choice(String name, List<String> words) {
    String text = text(name);
    if (text != null && !words.contains(text)) {
      throw wrong(name, "one of " + String.join(", ", words), "'" + text + "'");
    }
    return text;
  }

  /**
   * Refuses names that nobody has asked for.
   *
   * @throws ProblemException if there are some
   */
  public void requireNoOthers() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new ProblemException(
            Reason.BAD_REQUEST,
            "expected parameters out of %s, found '%s'"
                .formatted(String.join(", ", asked.stream().sorted().toList()), name));
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static ProblemException wrong(String name, String expected, String found) {
    return new ProblemException(
        Reason.BAD_REQUEST, "expected %s as %s, found %s".formatted(expected, name, found));
  }
}
