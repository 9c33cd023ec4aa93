package io.github.rtmjava.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.eval.Annotations;
import io.github.rtmjava.eval.Figures;
import io.github.rtmjava.eval.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures for people and for programs. */
record EvalReport(
    Source source, Annotations annotations, List<Prediction> predictions, List<Figures> tables) {

  /**
   * What was evaluated.
   *
   * @param kind {@code model} or {@code results}
   */
  record Source(String kind, String name) {}

  /** Tables, and above them what was compared. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s: %s predictions; %s annotations of %s people in %s pictures"
            .formatted(
                source.kind,
                source.name,
                predictions.size(),
                annotations.keypointSet().name(),
                annotations.people().size(),
                annotations.images().size()));
    for (Figures table : tables) {
      lines.add("");
      lines.add(table.title());
      lines.addAll(lines(table));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> lines(Figures table) {
    if (table.rows().isEmpty()) {
      return List.of("  nobody to compare");
    }
    List<String> columns =
        table.rows().get(0).values().keySet().stream()
            .filter(name -> table.rows().stream().anyMatch(row -> known(row, name)))
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(line("", columns.stream().map(name -> name.replace('_', ' ')).toList(), columns));
    for (Figures.Row row : table.rows()) {
      lines.add(
          line(row.part(), columns.stream().map(name -> number(row, name)).toList(), columns));
    }
    return lines;
  }

  private static boolean known(Figures.Row row, String name) {
    return Double.isFinite(row.values().getOrDefault(name, Double.NaN));
  }

  private static String line(String part, List<String> cells, List<String> columns) {
    StringBuilder line = new StringBuilder("  %-15s".formatted(part));
    for (int i = 0; i < cells.size(); i++) {
      int width = Math.max(6, columns.get(i).length());
      line.append(String.format(Locale.ROOT, " %" + width + "s", cells.get(i)));
    }
    return line.toString();
  }

  private static String number(Figures.Row row, String name) {
    double value = row.values().getOrDefault(name, Double.NaN);
    if (!Double.isFinite(value)) {
      return "-";
    }
    String form =
        name.equals("people") || name.equals("found")
            ? "%.0f"
            : name.endsWith("_mm") || name.endsWith("_px") ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }

  /** The same as one JSON object; null stands for a figure that cannot be computed. */
  String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put(source.kind, source.name);
    root.put("keypoints", annotations.keypointSet().name());
    root.put("images", annotations.images().size());
    root.put("people", annotations.people().size());
    root.put("predictions", predictions.size());
    for (Figures table : tables) {
      ObjectNode parts = root.putObject(table.name());
      for (Figures.Row row : table.rows()) {
        ObjectNode values = parts.putObject(row.part());
        row.values()
            .forEach(
                (name, value) -> {
                  if (Double.isFinite(value)) {
                    values.put(name, value);
                  } else {
                    values.putNull(name);
                  }
                });
      }
    }
    return root.toPrettyString().lines().collect(Collectors.joining(System.lineSeparator()));
  }
}
