package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start as users type it, on a picture that comes with the program. */
class EmbeddedModelsTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path dir;

  @Test
  void findsThePeopleOfASample() throws IOException {
    Path picture = SAMPLES.resolve("scene_03.png");
    Cli.Outcome outcome = Cli.run("infer", picture.toString(), "-o", dir.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.errLines().get(0).contains("embedded models"), outcome.err());
    JsonNode truth = read(SAMPLES.resolve("scene_03.json")).get("people");
    JsonNode found = read(dir.resolve("scene_03.json")).get("persons");
    assertEquals(truth.size(), found.size());
    for (JsonNode person : truth) {
      Box box = box(person);
      assertTrue(
          found.findParents("bbox").stream().anyMatch(other -> box(other).iou(box) > 0.7),
          "nobody in " + box);
    }
    assertTrue(Files.size(dir.resolve("scene_03.png")) > 0);
  }

  @Test
  void threadsOtherThanTheProcessHasAreRefusedInOneLine() {
    Cli.Outcome outcome =
        Cli.run(
            "infer",
            SAMPLES.resolve("scene_03.png").toString(),
            "-o",
            dir.toString(),
            "--threads",
            "77");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("OMP_NUM_THREADS"), outcome.err());
  }

  private static Box box(JsonNode person) {
    JsonNode box = person.get("bbox");
    return new Box(
        box.get(0).floatValue(),
        box.get(1).floatValue(),
        box.get(2).floatValue(),
        box.get(3).floatValue());
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
