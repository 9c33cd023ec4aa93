package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of its own loads. */
class StartTest {
  @TempDir Path dir;

  @Test
  void theDefaultEngineStartsWithoutNd4j() throws IOException, InterruptedException {
    Path classes = dir.resolve("classes.txt");
    Path printed = dir.resolve("printed.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                Rtm.class.getName(),
                "infer",
                Path.of("..", "samples", "scene_03.png").toString(),
                "-o",
                dir.toString(),
                "--save",
                "json")
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(printed).toString());
    List<String> loaded = read(classes);
    assertTrue(loaded.stream().anyMatch(line -> line.contains("rtmjava.onednn.OnednnEngine")));
    assertEquals(List.of(), loaded.stream().filter(line -> line.contains("org.nd4j")).toList());
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
