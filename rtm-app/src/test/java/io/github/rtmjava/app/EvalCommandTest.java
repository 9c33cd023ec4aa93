package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvalCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SAMPLES = Path.of("..", "samples").toString();

  @TempDir Path dir;

  /** {@code rtm eval} with the made-up models. */
  private static Cli.Outcome eval(String... arguments) {
    List<String> all = new ArrayList<>(List.of("eval", "--model", "fake-pose", "--engine", "fake"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private Path annotations(String... pictures) throws IOException {
    Path file = dir.resolve("annotations.json");
    JSON.writeValue(file.toFile(), CocoTruth.of(pictures));
    return file;
  }

  private String pictures(String... names) throws IOException {
    for (String name : names) {
      Pictures.write(dir.resolve("in").resolve(name), Pictures.BRIGHT);
    }
    return dir.resolve("in").toString();
  }

  private static JsonNode json(Cli.Outcome outcome) throws IOException {
    return JSON.readTree(outcome.out());
  }

  @Test
  void printsTables() throws IOException {
    Cli.Outcome outcome =
        eval(
            "--detector",
            "fake-detector",
            "--annotations",
            annotations("a.png").toString(),
            "--images",
            pictures("a.png"));
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    assertTrue(outcome.out().contains("AP and AR by OKS"), outcome.out());
    assertTrue(outcome.out().contains("wholebody"), outcome.out());
    assertTrue(
        outcome.out().startsWith("model fake-pose: 1 predictions; coco_wholebody annotations"),
        outcome.out());
  }

  @Test
  void annotatedBoxesNeedNoDetector() throws IOException {
    Cli.Outcome outcome =
        eval(
            "--bbox-from",
            "gt",
            "--annotations",
            annotations("a.png", "b.png").toString(),
            "--images",
            pictures("a.png", "b.png"),
            "--metric",
            "ap,pck",
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode figures = json(outcome);
    assertEquals(2, figures.get("predictions").asInt());
    assertEquals(2, figures.get("pck").get("body").get("found").asInt());
    assertTrue(figures.get("ap").get("wholebody").has("AP"));
    assertTrue(figures.get("ap").get("wholebody").get("APl").isNull(), "nobody is that large");
  }

  @Test
  void theBodyAloneOfThisProjectsOwnAnnotationsIsJudged() throws IOException {
    Cli.Outcome outcome =
        Cli.run(
            "eval",
            "--annotations",
            SAMPLES,
            "--results",
            SAMPLES,
            "--keypoints",
            "coco",
            "--metric",
            "ap,pck",
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    assertEquals("coco", json(outcome).get("keypoints").asText());
    assertEquals(1, json(outcome).at("/ap/coco/AP").asDouble());
    assertEquals(1, json(outcome).at("/pck/coco/PCK").asDouble());
  }

  @Test
  void aPictureThatFailsIsToldAndTheOthersAreEvaluated() throws IOException {
    String folder = pictures("a.png");
    Files.writeString(dir.resolve("in/b.png"), "no picture");
    Cli.Outcome outcome =
        eval(
            "--bbox-from",
            "gt",
            "--annotations",
            annotations("a.png", "b.png", "c.png").toString(),
            "--images",
            folder,
            "--metric",
            "pck",
            "--json");
    assertEquals(1, outcome.code());
    assertEquals(2, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.errLines().get(0).contains("b.png"), outcome.err());
    assertTrue(outcome.errLines().get(1).contains("c.png"), outcome.err());
    assertEquals(1, json(outcome).get("pck").get("body").get("found").asInt());
    assertEquals(3, json(outcome).get("pck").get("body").get("people").asInt());
  }

  @Test
  void fewerPicturesCanBeAskedFor() throws IOException {
    Cli.Outcome outcome =
        eval(
            "--bbox-from",
            "gt",
            "--annotations",
            annotations("a.png", "not-there.png").toString(),
            "--images",
            pictures("a.png"),
            "--max-images",
            "1",
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, json(outcome).get("images").asInt());
  }

  @Test
  void savedResultsGiveTheSameFigures() throws IOException {
    String annotations = annotations("a.png").toString();
    Path saved = dir.resolve("saved.json");
    JsonNode figures =
        json(
            eval(
                "--bbox-from",
                "gt",
                "--annotations",
                annotations,
                "--images",
                pictures("a.png"),
                "--metric",
                "ap",
                "--save-results",
                saved.toString(),
                "--json"));
    Cli.Outcome again =
        Cli.run(
            "eval",
            "--annotations",
            annotations,
            "--results",
            saved.toString(),
            "--metric",
            "ap",
            "--json");
    assertEquals(0, again.code(), again.err());
    assertEquals(figures.get("ap"), json(again).get("ap"));
  }

  @Test
  void boxesCanComeFromAFileOfDetections() throws IOException {
    Path boxes =
        Files.writeString(
            dir.resolve("boxes.json"),
            """
            [{"image_id": 1, "category_id": 1, "bbox": [16, 8, 32, 48], "score": 0.9},
             {"image_id": 1, "category_id": 1, "bbox": [0, 0, 20, 20], "score": 0.1},
             {"image_id": 1, "category_id": 2, "bbox": [0, 0, 20, 20], "score": 0.9}]
            """);
    Cli.Outcome outcome =
        eval(
            "--bbox-from",
            boxes.toString(),
            "--bbox-thr",
            "0.5",
            "--annotations",
            annotations("a.png").toString(),
            "--images",
            pictures("a.png"),
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, json(outcome).get("predictions").asInt());
  }

  @Test
  void spatialErrorsNeedSpatialAnnotations() throws IOException {
    Cli.Outcome outcome =
        eval(
            "--bbox-from",
            "gt",
            "--annotations",
            annotations("a.png").toString(),
            "--images",
            pictures("a.png"),
            "--metric",
            "mpjpe");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("keypoints_3d"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--images in --results x.json",
        "--images in --metric iou",
        "--images in --max-images 0",
        "--images in --bbox-thr 2",
        "--images in --pck-thr 0",
        "--images in --score nothing",
        "--images in --nms soft",
        "--images in --detector none",
      })
  void wrongFlagsAreErrorsOfUsage(String flags) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--annotations", annotations("a.png").toString()));
    if (!flags.isEmpty()) {
      arguments.addAll(List.of(flags.split(" ", -1)));
    }
    Cli.Outcome outcome = eval(arguments.toArray(String[]::new));
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("Try 'rtm eval --help'."), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }

  @Test
  void aDamagedFileIsOneLine() throws IOException {
    Path broken = Files.writeString(dir.resolve("broken.json"), "{\"images\": [}");
    Cli.Outcome outcome = eval("--annotations", broken.toString(), "--images", pictures("a.png"));
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().startsWith("rtm: " + broken), outcome.err());
  }

  /** The embedded models on the pictures that come with the program, as the docs show it. */
  @Test
  void evaluatesTheSamples() throws IOException {
    Path saved = dir.resolve("saved.json");
    Cli.Outcome outcome =
        Cli.run(
            "eval",
            "--annotations",
            SAMPLES,
            "--images",
            SAMPLES,
            "--metric",
            "ap,pck,mpjpe",
            "--save-results",
            saved.toString(),
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode figures = json(outcome);
    assertEquals(7, figures.get("people").asInt());
    // Wide enough for the roundings of other processors, too narrow for a mistake.
    assertEquals(0.69, figures.at("/ap/body/AP").asDouble(), 0.1);
    assertEquals(0.87, figures.at("/pck/body/PCK").asDouble(), 0.05);
    assertEquals(7, figures.at("/mpjpe/wholebody/found").asInt());
    assertEquals(169, figures.at("/mpjpe/wholebody/MPJPE_mm").asDouble(), 10);
    assertEquals(102, figures.at("/mpjpe/wholebody/PA-MPJPE_mm").asDouble(), 10);
    assertEquals(204, figures.at("/mpjpe_as_predicted/wholebody/MPJPE_mm").asDouble(), 10);

    Cli.Outcome again =
        Cli.run(
            "eval",
            "--annotations",
            samplesAsCoco().toString(),
            "--results",
            saved.toString(),
            "--json");
    assertEquals(0, again.code(), again.err());
    assertEquals(figures.get("ap"), json(again).get("ap"), "the same truth in COCO's form");
  }

  @Test
  void evaluatesWhatInferWrote() throws IOException {
    Path results = dir.resolve("results");
    Cli.Outcome inferred =
        Cli.run("infer", SAMPLES + "/scene_05.png", "-o", results.toString(), "--save", "json");
    assertEquals(0, inferred.code(), inferred.err());
    Cli.Outcome outcome =
        Cli.run(
            "eval",
            "--annotations",
            SAMPLES + "/scene_05.json",
            "--results",
            results.toString(),
            "--json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, json(outcome).at("/mpjpe/wholebody/found").asInt());
    assertTrue(json(outcome).at("/ap/body/AP").asDouble() > 0.5, outcome.out());
  }

  private Path samplesAsCoco() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode images = root.putArray("images");
    ArrayNode people = root.putArray("annotations");
    for (String name : List.of("scene_03", "scene_05", "scene_11")) {
      JsonNode scene = JSON.readTree(Path.of(SAMPLES, name + ".json").toFile());
      int image = images.size() + 1;
      images.addObject().put("id", image).put("file_name", name + ".png");
      for (JsonNode truth : scene.get("people")) {
        JsonNode box = truth.get("bbox");
        double width = box.get(2).asDouble() - box.get(0).asDouble();
        double height = box.get(3).asDouble() - box.get(1).asDouble();
        int id = people.size() + 1;
        ObjectNode person =
            people
                .addObject()
                .put("id", id)
                .put("image_id", image)
                .put("area", width * height * 0.53);
        person.putArray("bbox").add(box.get(0)).add(box.get(1)).add(width).add(height);
        for (int part = 0; part < CocoTruth.PARTS.length; part++) {
          ArrayNode triples = person.putArray(CocoTruth.PARTS[part]);
          for (int k = CocoTruth.CUTS[part]; k < CocoTruth.CUTS[part + 1]; k++) {
            triples.addAll((ArrayNode) truth.get("keypoints").get(k));
            triples.add(truth.get("visible").get(k).asInt() + truth.get("in_image").get(k).asInt());
          }
        }
      }
    }
    Path file = dir.resolve("samples.json");
    JSON.writeValue(file.toFile(), root);
    return file;
  }
}
