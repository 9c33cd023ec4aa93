package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the manifest says of networks, against upstream's networks themselves. */
class ZooFiguresTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A share of a figure: upstream counts activations as well, and rounds to one digit. */
  private static final double CLOSE = 0.09;

  @Test
  void sizesAreThoseOfUpstreamsNetworks() throws IOException {
    List<ZooEntry> models = ZooManifest.official().models();
    Set<String> compared = new HashSet<>();
    for (Path file : manifests()) {
      JsonNode config = MAPPER.readTree(file.toFile()).path("config");
      String source = config.path("source_config").asText();
      String stem = source.substring(source.lastIndexOf('/') + 1).replace(".py", "");
      for (ZooEntry entry : models) {
        if (entry.configs().contains(stem) && !file.toString().contains("tiny")) {
          compare(entry, config);
          compared.add(entry.name());
        }
      }
    }
    assertTrue(compared.size() >= 40, compared.toString());
  }

  private static void compare(ZooEntry entry, JsonNode config) {
    JsonNode size = config.path("input_size_wh");
    assertEquals(size.get(0).asInt(), entry.input().width(), entry.name());
    assertEquals(size.get(1).asInt(), entry.input().height(), entry.name());
    double parameters = config.path("num_params").asDouble() / 1e6;
    figure(entry, "parameters").ifPresent(p -> assertEquals(parameters, p, 0.006, entry.name()));
    double macs = config.path("macs_conv_linear_batch1").asDouble() / 1e9;
    figure(entry, "MACs").ifPresent(m -> assertEquals(macs, m, CLOSE * macs, entry.name()));
    Integer megabytes = entry.megabytes();
    if (megabytes != null) {
      double expected = 4e6 * parameters / (1 << 20);
      assertEquals(expected, megabytes, 2 + 0.05 * expected, entry.name());
    }
  }

  private static Optional<Double> figure(ZooEntry entry, String metric) {
    return entry.figures().stream()
        .filter(figure -> figure.metric().equals(metric))
        .map(ZooEntry.Figure::value)
        .findFirst();
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("oracle/manifest"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }
}
