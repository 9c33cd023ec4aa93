package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rtm eval} on files as other programs write them. */
@Timeout(300)
class EvalFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the made-up model, which is not exact. */
  private static final double AP = 0.3;

  @TempDir Path dir;

  private Cli.Outcome eval(String json, String... more) throws IOException {
    Path file = Files.writeString(dir.resolve("annotations.json"), json);
    List<String> all =
        new ArrayList<>(
            List.of(
                "eval",
                "--model",
                "fake-pose",
                "--engine",
                "fake",
                "--json",
                "--metric",
                "ap,pck",
                "--annotations",
                file.toString(),
                "--images",
                pictures()));
    all.addAll(List.of(more));
    if (!all.contains("--bbox-from")) {
      all.addAll(List.of("--bbox-from", "gt"));
    }
    return Cli.run(all.toArray(String[]::new));
  }

  private String pictures() throws IOException {
    Path folder = dir.resolve("in");
    for (String name : List.of("a.png", "b c.png")) {
      Pictures.write(folder.resolve(name), Pictures.BRIGHT);
    }
    return folder.toString();
  }

  private static ObjectNode truth() {
    return CocoTruth.of("a.png", "b c.png");
  }

  private static double ap(Cli.Outcome outcome) throws IOException {
    assertEquals(0, outcome.code(), outcome.err());
    return JSON.readTree(outcome.out()).at("/ap/wholebody/AP").asDouble();
  }

  private static int found(Cli.Outcome outcome) throws IOException {
    assertEquals(0, outcome.code(), outcome.err());
    return JSON.readTree(outcome.out()).at("/pck/wholebody/found").asInt();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void peopleMayHaveAnyNumber(int id) throws IOException {
    ObjectNode root = truth();
    root.get("annotations").forEach(person -> ((ObjectNode) person).put("category_id", id));
    root.putArray("categories").addObject().put("id", id).put("name", "person");
    Path saved = dir.resolve("saved.json");
    Cli.Outcome outcome = eval(root.toString(), "--save-results", saved.toString());
    assertEquals(AP, ap(outcome), 1e-6);
    assertEquals("", outcome.err());
    assertEquals(id, JSON.readTree(saved.toFile()).get(0).get("category_id").asInt());
  }

  @Test
  void whatHasNoKeypointsIsLeftOut() throws IOException {
    ObjectNode root = truth();
    ((ArrayNode) root.get("annotations"))
        .addObject()
        .put("id", 50)
        .put("image_id", 1)
        .put("category_id", 2)
        .putArray("bbox")
        .add(1)
        .add(1)
        .add(9)
        .add(9);
    Cli.Outcome outcome = eval(root.toString());
    assertEquals(AP, ap(outcome), 1e-6);
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains("1 annotation without keypoints: left out"), outcome.err());
  }

  @Test
  void numbersThatAreNoneAreReadAsPythonWritesThem() throws IOException {
    String json = truth().toString().replaceFirst("\"keypoints\":\\[32\\.0", "\"keypoints\":[NaN");
    assertTrue(json.contains("NaN"), json);
    Cli.Outcome outcome = eval(json);
    assertEquals(2, found(outcome));
    assertTrue(outcome.err().contains("count as not annotated (annotation 1)"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "img\\\\%s",
        "C:\\\\data\\\\img\\\\%s",
        "img/%s",
        "/data/%s",
        "https://example.org/val/%s",
        "./%s",
        "../%s"
      })
  void picturesAreFoundWhereverTheirNamesWereWritten(String form) throws IOException {
    String json = truth().toString();
    for (String name : List.of("a.png", "b c.png")) {
      json = json.replace('"' + name + '"', '"' + form.formatted(name) + '"');
    }
    assertEquals(2, found(eval(json)));
    assertEquals(2, found(eval(json.replace("b c", "b%20c").replace("a.png", "A.PNG"))));
  }

  @Test
  void picturesOfOneNameAreNotTakenForEachOther() throws IOException {
    Pictures.write(dir.resolve("in/x/a.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = eval(CocoTruth.of("x\\a.png", "y\\a.png").toString());
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains(Path.of("y", "a.png").toString()), outcome.err());
  }

  @Test
  void aFolderWithoutThePicturesIsOneLine() throws IOException {
    Cli.Outcome outcome = eval(CocoTruth.of("1.png", "2.png", "3.png").toString());
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains("found none of 3; the first is '1.png'"), outcome.err());
  }

  @Test
  void detectionsMayNumberPeopleOtherwise() throws IOException {
    Path boxes =
        Files.writeString(
            dir.resolve("boxes.json"),
            """
            [{"file_name": "d\\\\a.png", "category_id": 0, "bbox": [16, 8, 32, 48], "score": 0.9}]
            """,
            StandardCharsets.UTF_8);
    Cli.Outcome outcome = eval(truth().toString(), "--bbox-from", boxes.toString());
    assertEquals(1, found(outcome));
    assertTrue(
        outcome.err().contains("their category 0 is taken to be the annotations' 1"),
        outcome.err());
  }

  @Test
  void ownKeypointsAreJudgedByOwnSigmas() throws IOException {
    ObjectNode root = truth();
    ArrayNode names =
        root.putArray("categories")
            .addObject()
            .put("id", 1)
            .put("name", "robot")
            .putArray("keypoints");
    for (int k = 0; k < 133; k++) {
      names.add("bolt" + (char) ('a' + k % 26) + "_of_" + k);
    }
    Path file = Files.writeString(dir.resolve("truth.json"), root.toString());
    String[] flags = {
      "eval",
      "--model",
      "fake-pose",
      "--engine",
      "fake",
      "--bbox-from",
      "gt",
      "--annotations",
      file.toString(),
      "--images",
      pictures(),
      "--json"
    };
    Cli.Outcome silent = Cli.run(flags);
    assertEquals(0, silent.code(), silent.err());
    assertTrue(silent.err().contains("have other names than the annotations'"), silent.err());

    Path sigmas =
        Files.writeString(
            dir.resolve("sigmas.txt"), "\uFEFF" + "0.5\n".repeat(133), StandardCharsets.UTF_8);
    Path list =
        Files.writeString(
            dir.resolve("sigmas.json"),
            "{\"dataset_info\":{\"sigmas\":[" + "0.5,".repeat(132) + "0.5]}}");
    for (String given : List.of(sigmas.toString(), list.toString(), "0.5" + ",0.5".repeat(132))) {
      List<String> all = new ArrayList<>(List.of(flags));
      all.addAll(List.of("--sigmas", given));
      Cli.Outcome told = Cli.run(all.toArray(String[]::new));
      assertEquals(0, told.code(), told.err());
      assertEquals(1, JSON.readTree(told.out()).at("/ap/robot/AP").asDouble(), 1e-6, told.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.1,x", "none.txt", "0,0", ""})
  void wrongSigmasAreOneLine(String sigmas) throws IOException {
    Cli.Outcome outcome = eval(truth().toString(), "--sigmas", sigmas);
    assertTrue(outcome.code() != 0);
    assertTrue(outcome.err().startsWith("rtm: "), outcome.err());
    assertTrue(outcome.err().contains("sigma"), outcome.err());
  }

  /** What one command writes the other joins with annotations, whatever their numbers. */
  @Test
  void resultsOfInferComeToTheSameFigures() throws IOException {
    ObjectNode root = truth();
    root.get("images").forEach(image -> renumber(image, "id"));
    root.get("annotations").forEach(person -> renumber(person, "image_id"));
    root.get("annotations").forEach(person -> ((ObjectNode) person).put("category_id", 0));
    Path results = dir.resolve("out");
    Cli.Outcome inferred =
        Cli.infer(
            Path.of(pictures(), "b c.png").toString(),
            Path.of(pictures(), "a.png").toString(),
            "-o",
            results.toString(),
            "--bbox",
            "16,8,48,56",
            "--save",
            "coco");
    assertEquals(0, inferred.code(), inferred.err());
    JsonNode first = JSON.readTree(results.resolve("b c.coco.json").toFile()).get(0);
    assertEquals("b c.png", first.get("file_name").asText());
    assertEquals(1, first.get("image_id").asInt());
    assertEquals(
        2, JSON.readTree(results.resolve("a.coco.json").toFile()).get(0).get("image_id").asInt());

    Cli.Outcome pictures = eval(root.toString());
    Cli.Outcome joined =
        Cli.run(
            "eval",
            "--annotations",
            dir.resolve("annotations.json").toString(),
            "--results",
            results.toString(),
            "--metric",
            "ap,pck",
            "--json");
    assertEquals(0, joined.code(), joined.err());
    assertEquals(AP, ap(pictures), 1e-6);
    assertEquals(JSON.readTree(pictures.out()).get("ap"), JSON.readTree(joined.out()).get("ap"));
  }

  private static void renumber(JsonNode node, String field) {
    ((ObjectNode) node).put(field, 1000 + node.get(field).asInt());
  }

  @Test
  void namesThatAreNumbersAreTheIds() throws IOException {
    Pictures.write(dir.resolve("in/000000000139.png"), Pictures.BRIGHT);
    Path results = dir.resolve("out");
    Cli.Outcome inferred =
        Cli.infer(
            dir.resolve("in/000000000139.png").toString(),
            "-o",
            results.toString(),
            "--bbox",
            "16,8,48,56",
            "--save",
            "coco");
    assertEquals(0, inferred.code(), inferred.err());
    Path file = results.resolve("000000000139.coco.json");
    assertEquals(139, JSON.readTree(file.toFile()).get(0).get("image_id").asInt());
  }
}
