package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void reportsAsJson() throws IOException {
    Cli.Outcome outcome = Cli.run("doctor", "--json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode report = new ObjectMapper().readTree(outcome.out());
    assertEquals(System.getProperty("java.version"), report.at("/java/version").asText());
    assertEquals("samediff", report.at("/chosen/engine").asText());
    assertTrue(report.at("/chosen/reason").asText().contains("ND4J"), outcome.out());
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
  }
}
