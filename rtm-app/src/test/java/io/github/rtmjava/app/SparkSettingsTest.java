package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
  private static final long MEBIBYTE = 1 << 20;

  /** 300 MiB with one task, 50 for the second. */
  private static final ExecutorTrial.Seen SEEN =
      new ExecutorTrial.Seen(80 * MEBIBYTE, List.of(300 * MEBIBYTE, 350 * MEBIBYTE));

  @Test
  void followsFromWhatWasMeasured() {
    Map<String, String> few = SparkSettings.of("m", 4, 2, 2, SEEN, 17).settings();
    assertEquals("4", few.get("spark.executor.cores"));
    assertEquals("2", few.get("spark.task.cpus"));
    assertEquals("1280m", few.get("spark.executor.memory"));
    assertEquals("704m", few.get("spark.executor.memoryOverhead")); // 350 and a fifth, and 256
    assertEquals(
        "-Dorg.bytedeco.javacpp.nopointergc=true", few.get("spark.executor.extraJavaOptions"));

    Map<String, String> many = SparkSettings.of("m", 10, 1, 10, SEEN, 25).settings();
    assertEquals("1216m", many.get("spark.executor.memoryOverhead")); // 750 and a fifth, and 256
    assertTrue(
        many.get("spark.executor.extraJavaOptions").endsWith(" --enable-native-access=ALL-UNNAMED"),
        many.toString());
  }

  @Test
  void isMeasuredInAProcessOfItsOwn() throws IOException {
    Cli.Outcome outcome =
        Cli.run("doctor", "--spark", "fake-pose", "--engine", "fake", "--json", "--threads", "1");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode report = new ObjectMapper().readTree(outcome.out());
    String overhead = report.at("/settings/spark.executor.memoryOverhead").asText();
    int mebibytes = Integer.parseInt(overhead.replace("m", ""));
    assertTrue(mebibytes > 256 && mebibytes < 4096, overhead);
  }

  @Test
  void whatCannotBeOpenedIsOneLine() {
    Cli.Outcome outcome = Cli.run("doctor", "--spark", "no-such-model");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("no-such-model"), outcome.err());
    assertEquals(2, Cli.run("doctor", "--spark", "--plan", "fake-pose").code());
  }
}
