package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of CONTRIBUTING.md by which newcomers find things names types that there are. */
class WhereThingsAreTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| .+ \\| `(\\w+)` \\| `([\\w.]+)` \\|$", Pattern.MULTILINE);

  @Test
  void everyNameIsThere() throws IOException {
    String page = Files.readString(Path.of("..", "CONTRIBUTING.md"));
    String table = page.substring(page.indexOf("## Where things are"));
    List<MatchResult> rows =
        ROW.matcher(table.substring(0, table.indexOf("\n## "))).results().toList();
    assertTrue(rows.size() >= 25, rows.size() + " questions");
    List<String> missing = new ArrayList<>();
    for (MatchResult row : rows) {
      String type =
          "io/github/rtmjava/%s/%s".formatted(row.group(2).replace('.', '/'), row.group(1));
      if (WhereThingsAreTest.class.getResource("/" + type + ".class") == null) {
        missing.add(type);
      }
    }
    assertEquals(List.of(), missing);
  }
}
