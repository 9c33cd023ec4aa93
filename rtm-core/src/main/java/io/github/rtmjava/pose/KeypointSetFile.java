package io.github.rtmjava.pose;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the datasets' metadata that is embedded as tab-separated text, one file per dataset. */
final class KeypointSetFile {
  private KeypointSetFile() {}

  static Optional<KeypointSet> find(String name) {
    if (!name.matches("[a-z0-9_]{1,40}")) {
      return Optional.empty();
    }
    try (InputStream in = KeypointSetFile.class.getResourceAsStream(name + ".tsv")) {
      return in == null ? Optional.empty() : Optional.of(parse(name, in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeypointSet parse(String name, InputStream in) throws IOException {
    List<KeypointSet.Point> points = new ArrayList<>();
    List<KeypointSet.Link> links = new ArrayList<>();
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      String[] field = line.split("\t", -1);
      switch (field[0]) {
        case "point" ->
            points.add(
                new KeypointSet.Point(
                    field[2],
                    Integer.parseInt(field[3]),
                    Float.parseFloat(field[4]),
                    rgb(field[5])));
        case "link" ->
            links.add(
                new KeypointSet.Link(
                    Integer.parseInt(field[1]), Integer.parseInt(field[2]), rgb(field[3])));
        default -> {}
      }
    }
    return new KeypointSet(name, points, links);
  }

  private static int rgb(String text) {
    String[] part = text.split(",", -1);
    return (Integer.parseInt(part[0]) << 16)
        | (Integer.parseInt(part[1]) << 8)
        | Integer.parseInt(part[2]);
  }
}
