package io.github.rtmjava.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, as users write them. */
final class Quantities {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?)\\s*([a-z]*)");
  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);
  private static final Map<String, Long> NANOS =
      Map.of(
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "", 1_000_000_000L,
          "min", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private Quantities() {}

  /**
   * A number or a time.
   *
   * @param name of what it is, for messages
   * @param type {@code int}, {@code long} or {@link Duration}
   * @throws IllegalArgumentException if it is none
   */
  static Object parse(String name, String text, Class<?> type) {
    boolean time = type == Duration.class;
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    Long unit = form.matches() ? (time ? NANOS : SIZES).get(form.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "expected %s as %s, found '%s'"
              .formatted(
                  name,
                  time ? "a time such as 500ms, 10s, 5min or 24h" : "a number such as 64 or 512m",
                  text));
    }
    try {
      long value =
          new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
      return time
          ? Duration.ofNanos(value)
          : type == int.class ? (Object) Math.toIntExact(value) : (Object) value;
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "expected %s within the range of whole numbers, found '%s'".formatted(name, text), e);
    }
  }
}
