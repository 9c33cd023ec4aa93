package io.github.rtmjava.benchmarks.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the time of a run goes, as Spark's own log of events has it.
 *
 * @param wall milliseconds from the start of Spark to its end
 * @param tasks milliseconds in which tasks run, of all of them
 * @param working milliseconds of these that tasks spend with pictures: opening the models, reading,
 *     decoding, looking
 */
record EventLog(long wall, long tasks, long working) {
  private static final String WORKING = "rtm: milliseconds with pictures";

  /** What has Spark write one. */
  static Map<String, String> settings(Path folder) {
    return Map.of(
        "spark.eventLog.enabled",
        "true",
        "spark.eventLog.dir",
        folder.toUri().toString(),
        "spark.eventLog.rolling.enabled",
        "false",
        "spark.eventLog.compress",
        "false");
  }

  /** Reads the only one of a folder. */
  static EventLog read(Path folder) throws IOException {
    Path file;
    try (Stream<Path> all = Files.list(folder)) {
      file =
          all.filter(Files::isRegularFile)
              .filter(each -> !each.getFileName().toString().startsWith("."))
              .findFirst()
              .orElseThrow(() -> new IOException("Spark wrote no log of events into " + folder));
    }
    ObjectMapper json = new ObjectMapper();
    long start = 0;
    long end = 0;
    long tasks = 0;
    long working = 0;
    for (String line : Files.readAllLines(file)) {
      JsonNode event = json.readTree(line);
      switch (event.path("Event").asText()) {
        case "SparkListenerApplicationStart" -> start = event.path("Timestamp").asLong();
        case "SparkListenerApplicationEnd" -> end = event.path("Timestamp").asLong();
        case "SparkListenerTaskEnd" -> {
          tasks += event.at("/Task Metrics/Executor Run Time").asLong();
          for (JsonNode each : event.at("/Task Info/Accumulables")) {
            if (each.path("Name").asText().equals(WORKING)) {
              working += each.path("Update").asLong();
            }
          }
        }
        default -> {}
      }
    }
    return new EventLog(end - start, tasks, working);
  }

  /** What is not with pictures, of the time that so many cores have. */
  double share(int cores) {
    return 1 - (double) working / (cores * wall);
  }
}
