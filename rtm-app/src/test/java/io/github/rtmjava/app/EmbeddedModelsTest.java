package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick start as users type it, on a picture that comes with the program. */
class EmbeddedModelsTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path dir;

  @Test
  void findsThePeopleOfASample() throws IOException {
    Cli.Outcome outcome = infer();
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
  void threadsOtherThanTheReferenceEngineHasAreRefusedInOneLine() {
    Cli.Outcome outcome = infer("--engine", "samediff", "--threads", "77");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("OMP_NUM_THREADS"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--threads 1", "--precision auto", "--deterministic"})
  void theDefaultEngineKnowsEveryFlag(String flags) throws IOException {
    assertFound(infer(flags.split(" ", -1)));
  }

  @Test
  void bfloat16IsUsedOrRefusedInOneLine() throws IOException {
    Cli.Outcome outcome = infer("--precision", "bfloat16");
    if (Engines.choose("onednn", "cpu").reason().matches(".*AVX(512|10).*")) {
      assertFound(outcome);
      return;
    }
    assertEquals(1, outcome.code());
    List<String> lines = outcome.errLines();
    String last = lines.get(lines.size() - 1);
    assertTrue(
        last.matches("rtm: asked for was bfloat16, .* found one with .*: ask for auto or float32"),
        outcome.err());
    assertTrue(Files.notExists(dir.resolve("scene_03.json")));
  }

  private void assertFound(Cli.Outcome outcome) throws IOException {
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        read(SAMPLES.resolve("scene_03.json")).get("people").size(),
        read(dir.resolve("scene_03.json")).get("persons").size());
  }

  private Cli.Outcome infer(String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of("infer", SAMPLES.resolve("scene_03.png").toString(), "-o", dir.toString()));
    arguments.addAll(List.of(flags));
    return Cli.run(arguments.toArray(String[]::new));
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
