package io.github.rtmjava.app;

import java.util.ArrayList;
import java.util.List;

/** Rows of words in columns as wide as their widest word, with headings between them. */
final class TextTable {
  private final List<Line> lines = new ArrayList<>();

  private sealed interface Line {}

  private record Heading(String text) implements Line {}

  private record Row(List<String> cells) implements Line {}

  void heading(String text) {
    lines.add(new Heading(text));
  }

  void row(String... cells) {
    lines.add(new Row(List.of(cells)));
  }

  /** One text per line, without blanks at their ends. */
  List<String> lines() {
    List<Integer> widths = new ArrayList<>();
    for (Line line : lines) {
      if (line instanceof Row row) {
        for (int i = 0; i < row.cells.size(); i++) {
          int width = row.cells.get(i).length();
          if (i == widths.size()) {
            widths.add(width);
          } else {
            widths.set(i, Math.max(width, widths.get(i)));
          }
        }
      }
    }
    return lines.stream()
        .map(
            line ->
                line instanceof Row row
                    ? padded(row, widths)
                    : line instanceof Heading heading ? heading.text : "")
        .toList();
  }

  private static String padded(Row row, List<Integer> widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.cells.size(); i++) {
      String cell = row.cells.get(i);
      text.append(cell).append(" ".repeat(widths.get(i) - cell.length() + 2));
    }
    return text.toString().stripTrailing();
  }
}
