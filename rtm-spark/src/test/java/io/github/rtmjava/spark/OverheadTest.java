package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class OverheadTest {
  private static final long MEBIBYTE = 1 << 20;

  /** An executor with four processors, 500 MiB for the first task and 100 for each other. */
  private static final FirstLook LOOK =
      new FirstLook("host", "", 4, 500 * MEBIBYTE, 100 * MEBIBYTE, new MeasuredWays(""));

  @Test
  void whatIsEnoughPasses() {
    assertDoesNotThrow(() -> require(Map.of("spark.executor.memoryOverhead", "801m")));
    assertDoesNotThrow(
        () ->
            require(
                Map.of(
                    "spark.master", "yarn", "spark.executor.memory", "6g"))); // a tenth, one core
  }

  @Test
  void whereNobodyWatchesNothingIsAsked() {
    assertDoesNotThrow(() -> require(Map.of("spark.master", "spark://host:7077")));
  }

  @Test
  void whatIsSetTooLowIsRefused() {
    assertRefused(801, 4, 800, Map.of("spark.executor.memoryOverhead", "800m"));
    assertRefused(
        601,
        2,
        64,
        Map.of(
            "spark.executor.memoryOverhead",
            "64",
            "spark.executor.cores",
            "4",
            "spark.task.cpus",
            "2"));
  }

  @Test
  void whatClustersTakeByThemselvesIsLookedAtToo() {
    assertRefused(501, 1, 384, Map.of("spark.master", "yarn"));
    assertRefused(501, 1, 409, Map.of("spark.master", "k8s://x", "spark.executor.memory", "4g"));
    assertRefused(
        701,
        3,
        614,
        Map.of(
            "spark.master",
            "yarn",
            "spark.executor.memory",
            "3g",
            "spark.executor.cores",
            "3",
            "spark.executor.memoryOverheadFactor",
            "0.2"));
  }

  private static void assertRefused(
      int needed, int tasks, int found, Map<String, String> settings) {
    IOException refused = assertThrows(IOException.class, () -> require(settings));
    assertEquals(
        ("expected spark.executor.memoryOverhead of at least %sm for %s tasks at a time and these"
                + " models (on host), found %sm; 'rtm doctor --spark' prints the lines to set")
            .formatted(needed, tasks, found),
        refused.getMessage());
  }

  private static void require(Map<String, String> settings) throws IOException {
    SparkConf conf = new SparkConf(false);
    settings.forEach(conf::set);
    Overhead.require(conf, LOOK);
  }
}
