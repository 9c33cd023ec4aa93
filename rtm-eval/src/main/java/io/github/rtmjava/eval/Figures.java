package io.github.rtmjava.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of figures.
 *
 * @param name for programs, for example {@code ap}
 * @param title for people
 * @param rows one for each part of the body
 */
public record Figures(String name, String title, List<Row> rows) {
  /**
   * The figures of one part.
   *
   * @param part see {@link KeypointRange#name()}
   * @param values by name, in the order in which they are usually given; names end with {@code _px}
   *     and {@code _mm} where there is a unit. NaN where a figure cannot be computed.
   */
  public record Row(String part, Map<String, Double> values) {
    public Row {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  public Figures {
    rows = List.copyOf(rows);
  }
}
