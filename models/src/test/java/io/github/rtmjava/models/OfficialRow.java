package io.github.rtmjava.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What upstream's files say of one official file, gathered apart from the manifest. */
record OfficialRow(
    String name,
    String file,
    String base,
    String sha256,
    String input,
    String config,
    List<String> names) {

  static List<OfficialRow> all() {
    try (InputStream in = OfficialRow.class.getResourceAsStream("official-files.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(OfficialRow::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OfficialRow of(String line) {
    String[] field = line.split("\t", -1);
    return new OfficialRow(
        field[0],
        field[1],
        field[2],
        field[3],
        field[4],
        field[5],
        field[6].isEmpty() ? List.of() : List.of(field[6].split(",", -1)));
  }

  String path() {
    return "/" + base + file;
  }

  @Override
  public String toString() {
    return name;
  }
}
