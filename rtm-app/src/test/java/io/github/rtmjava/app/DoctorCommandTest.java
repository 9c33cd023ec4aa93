package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void reportsAsJson() throws IOException {
    Cli.Outcome outcome = Cli.run("doctor", "--json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode report = new ObjectMapper().readTree(outcome.out());
    assertEquals(System.getProperty("java.version"), report.at("/java/version").asText());
    assertEquals("onednn", report.at("/chosen/engine").asText());
    assertTrue(report.at("/chosen/reason").asText().contains("oneDNN"), outcome.out());
    assertTrue(report.at("/opencv/usable").asBoolean());
    assertTrue(report.at("/opencv/details").asText().startsWith("OpenCV 4."), outcome.out());
    assertTrue(report.at("/memory/heap_limit").asLong() > 0);
    assertTrue(report.at("/cache/free").asLong() > 0);
    assertTrue(report.at("/architectures").toString().contains("\"rtmw3d\""), outcome.out());
  }

  @Test
  void reportsAsLines() {
    Cli.Outcome outcome = Cli.run("doctor");
    assertEquals(0, outcome.code(), outcome.err());
    for (String name :
        new String[] {
          "rtm", "java", "system", "processor", "memory", "engine", "chosen", "pictures", "cache"
        }) {
      assertTrue(Stream.of(outcome.out().split("\\R", -1)).anyMatch(l -> l.startsWith(name + " ")));
    }
    assertTrue(outcome.out().contains("fake: works, made up"), outcome.out());
    assertTrue(outcome.out().contains("samediff: works, ND4J"), outcome.out());
    assertTrue(outcome.out().contains("onednn: works, oneDNN"), outcome.out());
  }

  @Test
  void theEngineAskedForIsTheOneChosen() {
    Cli.Outcome outcome = Cli.run("doctor", "--engine", "fake");
    assertTrue(outcome.out().contains("fake: asked for; made up"), outcome.out());
  }

  @Test
  void planShowsLayersInTheirOrderAndTotalsByCost() {
    Cli.Outcome outcome = Cli.run("doctor", "--plan", "fake-pose", "--engine", "fake");
    assertEquals(0, outcome.code(), outcome.err());
    List<String> cells =
        outcome
            .out()
            .lines()
            .filter(line -> line.contains("%"))
            .map(line -> line.strip().replaceAll("\\s+", " "))
            .toList();
    assertEquals(
        List.of(
            "3.000 37.5% slow stem",
            "1.000 12.5% quick neck",
            "4.000 50.0% slow head",
            "7.000 87.5% slow 2",
            "1.000 12.5% quick 1",
            "8.000 100.0% all 3"),
        cells);
    assertTrue(outcome.out().contains("12.0 MB of weights, 3.4 MB for each"), outcome.out());
  }

  @Test
  void numbersOfAPlanEndBelowEachOther() {
    Cli.Outcome outcome = Cli.run("doctor", "--plan", "fake-pose", "--engine", "fake");
    List<String> rows = outcome.out().lines().filter(line -> line.contains("%")).toList();
    assertTrue(rows.contains("3.000   37.5%  slow            stem"), outcome.out());
    assertTrue(rows.contains("8.000  100.0%  all             3"), outcome.out());
  }

  @Test
  void planIsMadeWithTheFlagsGiven() {
    Cli.Outcome outcome =
        Cli.run(
            "doctor --plan fake-pose --engine fake --precision bf16 --threads 3 --deterministic"
                .split(" ", -1));
    assertTrue(
        outcome.out().startsWith("fake-pose: fake, BFLOAT16, 3 threads, deterministic"),
        outcome.out());
  }

  @Test
  void plansAsJson() throws IOException {
    Cli.Outcome outcome =
        Cli.run("doctor --plan fake-pose --plan fake-detector --engine fake --json".split(" ", -1));
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode plans = new ObjectMapper().readTree(outcome.out());
    assertEquals(2, plans.size());
    JsonNode neck = plans.at("/0/layers/1");
    assertEquals("neck", neck.at("/name").asText());
    assertEquals("quick", neck.at("/implementation").asText());
    assertEquals(1, neck.at("/ms").asDouble());
    assertEquals(0.125, neck.at("/share").asDouble());
    assertEquals(12_000_000, plans.at("/0/memory/weights").asLong());
    assertEquals(8, plans.at("/0/run_ms").asDouble());
    assertEquals(0, plans.at("/1/layers").size());
  }

  @Test
  void anEngineThatTellsNothingIsSaidSo() {
    Cli.Outcome outcome = Cli.run("doctor", "--plan", "fake-detector", "--engine", "fake");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("memory: this engine does not tell"), outcome.out());
    assertTrue(outcome.out().contains("layers: this engine does not tell"), outcome.out());
  }

  @Test
  void planOfAnUnknownModelIsOneLine() {
    Cli.Outcome outcome = Cli.run("doctor", "--plan", "no-such-model", "--engine", "fake");
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains("there is no model 'no-such-model'"), outcome.err());
  }
}
