package io.github.rtmjava.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;

/**
 * Rows of words and numbers for picocli's table, whose columns become as wide as their widest word;
 * headings between them run across the columns.
 */
final class ConsoleTable {
  private static final int GAP = 2;

  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;
  private final boolean[] right;

  /** The first row. */
  ConsoleTable(String... titles) {
    widths = new int[titles.length];
    right = new boolean[titles.length];
    row(titles);
  }

  /** Numbers, which end below each other: the columns from the first on, so many. */
  ConsoleTable numbersFirst(int columns) {
    Arrays.fill(right, 0, columns, true);
    return this;
  }

  void heading(String text) {
    rows.add(new String[] {text});
  }

  /** As many words as there are titles. */
  void row(String... words) {
    rows.add(words);
    for (int i = 0; i < words.length; i++) {
      widths[i] = Math.max(widths[i], words[i].length() + GAP);
    }
  }

  void print(Console console) {
    Column[] columns = new Column[widths.length];
    for (int i = 0; i < widths.length; i++) {
      columns[i] = new Column(widths[i], 0, Column.Overflow.SPAN);
    }
    TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
    for (String[] row : rows) {
      boolean heading = row.length < widths.length;
      table.addEmptyRow();
      for (int i = 0; i < row.length; i++) {
        String cell = heading ? row[i] : cell(row[i], i);
        table.putValue(table.rowCount() - 1, i, Ansi.OFF.text(cell));
      }
    }
    table.toString().lines().forEach(console::say);
  }

  private String cell(String word, int column) {
    int room = widths[column] - GAP - word.length();
    return right[column] ? " ".repeat(room) + word : word;
  }
}
