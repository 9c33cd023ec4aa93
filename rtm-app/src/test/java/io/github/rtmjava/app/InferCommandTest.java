package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferCommandTest {
  @TempDir Path dir;

  @Test
  void writesWhatItFinds() throws IOException {
    Path picture = Pictures.write(dir.resolve("in/photo.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", out());

    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    assertEquals(
        "wrote %s and %s: 1 person%n"
            .formatted(dir.resolve("out/photo.json"), dir.resolve("out/photo.png")),
        outcome.out());
    JsonNode json = json("photo");
    assertEquals("photo.png", json.get("image").asText());
    assertEquals(64, json.get("width").asInt());
    assertEquals(64, json.get("height").asInt());
    assertEquals("fake-pose", json.get("model").asText());
    assertEquals("camera", json.get("frame").asText());
    assertEquals(1, json.get("persons").size());
    JsonNode person = json.get("persons").get(0);
    assertArrayEquals(new double[] {16, 8, 48, 56}, numbers(person.get("bbox")), 1e-4);
    assertEquals(1 / (1 + Math.exp(-3)), person.get("bbox_score").asDouble(), 1e-6);
    assertArrayEquals(new double[] {32, 32}, numbers(person.get("keypoints").get(0)), 1e-4);
    assertArrayEquals(new double[] {32.9375, 32}, numbers(person.get("keypoints").get(1)), 1e-4);
    assertArrayEquals(
        new double[] {0, 0, 5.14388}, numbers(person.get("keypoints_3d").get(0)), 1e-5);
    assertEquals(0.998, person.get("keypoint_scores").get(2).asDouble(), 1e-6);
    assertEquals(133, person.get("keypoint_scores").size());
    assertTrue(
        ImageIO.read(dir.resolve("out/photo.png").toFile()).getWidth() > 64,
        "the 3D view stands beside the picture");
  }

  @Test
  void otherFormatsAndASheetOfAllPictures() throws IOException {
    Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT);
    Pictures.write(dir.resolve("in/b.png"), Pictures.WHITE);
    Cli.Outcome outcome =
        Cli.infer(
            dir.resolve("in").toString(),
            "-o",
            out(),
            "--save",
            "csv,sheet,viewer",
            "--draw",
            "index,black");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(List.of("a.csv", "a.html", "b.csv", "b.html", "sheet_01.png"), results());
    assertTrue(outcome.out().contains("a sheet"), outcome.out());
  }

  @Test
  void theWorldNeedsToKnowTheCamera() throws IOException {
    Path picture = Pictures.write(dir.resolve("photo.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", out(), "--frame", "world");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("--floor"), outcome.err());
    Cli.Outcome known =
        Cli.infer(picture.toString(), "-o", out(), "--frame", "world", "--floor", "0,1");
    assertEquals(0, known.code(), known.err());
    assertEquals("world", json("photo").get("frame").asText());
  }

  @Test
  void leavesNothingElseBehind() throws IOException {
    Path picture = Pictures.write(dir.resolve("photo.png"), Pictures.BRIGHT);
    Files.writeString(dir.resolve("broken.jpg"), "no picture");
    Cli.infer(picture.toString(), dir.resolve("broken.jpg").toString(), "-o", out());
    assertEquals(List.of("photo.json", "photo.png"), results());
  }

  @Test
  void nobodyIsNoFailure() throws IOException {
    Path picture = Pictures.write(dir.resolve("night.png"), Pictures.DARK);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", out());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains("--bbox-thr"), outcome.err());
    assertEquals(0, json("night").get("persons").size());
    assertTrue(Files.exists(dir.resolve("out/night.png")));
  }

  @Test
  void oneBadPictureDoesNotStopTheOthers() throws IOException {
    Path first = Pictures.write(dir.resolve("a.png"), Pictures.BRIGHT);
    Path bad = Files.writeString(dir.resolve("b.png"), "no picture");
    Path last = Pictures.write(dir.resolve("c.png"), Pictures.WHITE);
    Cli.Outcome outcome = Cli.infer(first.toString(), bad.toString(), last.toString(), "-o", out());
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().startsWith("rtm: " + bad), outcome.err());
    assertEquals(
        "wrote 2 .json and 2 .png files to %s: 3 people in 2 pictures%n".formatted(out()),
        outcome.out());
    assertEquals(List.of("a.json", "a.png", "c.json", "c.png"), results());
  }

  @Test
  void missingPictureIsNamed() {
    Cli.Outcome outcome = Cli.infer(dir.resolve("none.jpg").toString(), "-o", out());
    assertEquals(1, outcome.code());
    assertEquals(
        "rtm: %s: there is no such file or folder%n".formatted(dir.resolve("none.jpg")),
        outcome.err());
    assertFalse(Files.exists(dir.resolve("out")));
  }

  @Test
  void equalNamesDoNotMeet() throws IOException {
    Path first = Pictures.write(dir.resolve("one/x.png"), Pictures.BRIGHT);
    Path second = Pictures.write(dir.resolve("two/x.jpg"), Pictures.DARK);
    Cli.Outcome outcome = Cli.infer(first.toString(), second.toString(), "-o", out());
    assertEquals(0, outcome.code());
    assertEquals(List.of("x.json", "x.png", "x_2.json", "x_2.png"), results());
    assertEquals("x.png", json("x").get("image").asText());
    assertEquals("x.jpg", json("x_2").get("image").asText());
    assertTrue(outcome.err().contains("x_2"), outcome.err());
  }

  @Test
  void picturesAreNeverOverwritten() throws IOException {
    Path picture = Pictures.write(dir.resolve("photo.png"), Pictures.BRIGHT);
    byte[] before = Files.readAllBytes(picture);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", dir.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertArrayEquals(before, Files.readAllBytes(picture));
    assertTrue(Files.exists(dir.resolve("photo_2.png")));
  }

  @Test
  void boxesReplaceTheDetector() throws IOException {
    Path picture = Pictures.write(dir.resolve("night.png"), Pictures.DARK);
    Cli.Outcome outcome =
        Cli.run(
            "infer",
            picture.toString(),
            "-o",
            out(),
            "--model",
            "fake-pose",
            "--engine",
            "fake",
            "--bbox",
            "16,8,48,56",
            "--bbox-thr=0.1",
            "--bbox",
            "-4,-4.5,20,20");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains("--bbox-thr, "), "it has no effect: " + outcome.err());
    JsonNode persons = json("night").get("persons");
    assertEquals(2, persons.size());
    assertArrayEquals(new double[] {-4, -4.5, 20, 20}, numbers(persons.get(1).get("bbox")), 0);
    assertEquals(1, persons.get(1).get("bbox_score").asDouble());
  }

  @Test
  void withoutDetectorAndBoxesThePictureIsTheBox() throws IOException {
    Path picture = Pictures.write(dir.resolve("night.png"), Pictures.DARK);
    Cli.Outcome outcome =
        Cli.run(
            "infer",
            picture.toString(),
            "-o",
            out(),
            "--model",
            "fake-pose",
            "--detector",
            "none",
            "--engine",
            "fake");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().contains("whole picture"), outcome.err());
    assertArrayEquals(
        new double[] {0, 0, 64, 64}, numbers(json("night").get("persons").get(0).get("bbox")), 0);
  }

  @Test
  void thresholdSinglePersonAndMaximumChoose() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.WHITE);
    for (String[] flags :
        new String[][] {{"--bbox-thr", "0.9"}, {"--single-person"}, {"--max-persons", "1"}}) {
      String[] arguments =
          Stream.concat(Stream.of(picture.toString(), "-o", out()), Stream.of(flags))
              .toArray(String[]::new);
      Cli.Outcome outcome = Cli.infer(arguments);
      assertEquals(0, outcome.code(), outcome.err());
      JsonNode persons = json("day").get("persons");
      assertEquals(1, persons.size(), flags[0]);
      assertEquals(16, persons.get(0).get("bbox").get(0).asDouble(), 1e-4, flags[0]);
    }
  }

  @Test
  void framesAndCameraPlaceKeypoints() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    Cli.Outcome outcome =
        Cli.infer(
            picture.toString(),
            "-o",
            out(),
            "--frame",
            "z_up",
            "--camera",
            "100,50,22,12",
            "--root-depth",
            "3");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("z_up", json("day").get("frame").asText());
    assertArrayEquals(
        new double[] {(32 - 22) / 100.0 * 3, 3, -(32 - 12) / 50.0 * 3},
        numbers(json("day").get("persons").get(0).get("keypoints_3d").get(0)),
        1e-5);
  }

  @Test
  void compatGivesTheFrameOfThatPackage() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    assertEquals(0, Cli.infer(picture.toString(), "-o", out(), "--compat", "rtmpose3d").code());
    assertEquals("rtmpose3d", json("day").get("frame").asText());
  }

  @Test
  void savesOnlyWhatIsAskedFor() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", out(), "--save", "json");
    assertEquals("wrote %s: 1 person%n".formatted(dir.resolve("out/day.json")), outcome.out());
    assertEquals(List.of("day.json"), results());
  }

  @Test
  void showGoesOnWithoutADisplay() throws IOException {
    Path folder = Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT).getParent();
    Pictures.write(dir.resolve("in/b.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(folder.toString(), "-o", out(), "--show");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().startsWith("--show: "), outcome.err());
    assertEquals(List.of("a.json", "a.png", "b.json", "b.png"), results());
  }

  @Test
  void unknownModelIsOneLine() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", out(), "--model", "no-such-model");
    // The later of two --model is an error of usage of its own.
    assertEquals(2, outcome.code());
    outcome =
        Cli.run(
            "infer",
            picture.toString(),
            "-o",
            out(),
            "--model",
            "no-such-model",
            "--detector",
            "fake-detector",
            "--engine",
            "fake");
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().startsWith("rtm: there is no model 'no-such-model'"), outcome.err());
  }

  @Test
  void modelOfTheWrongKindIsNamed() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    Cli.Outcome outcome =
        Cli.run(
            "infer",
            picture.toString(),
            "-o",
            out(),
            "--model",
            "fake-detector",
            "--detector",
            "fake-detector",
            "--engine",
            "fake");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().startsWith("rtm: expected a pose model"), outcome.err());
  }

  @Test
  void fileInPlaceOfTheFolderIsNamed() throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(picture.toString(), "-o", picture.toString());
    assertEquals(1, outcome.code());
    assertEquals(
        "rtm: %s: expected a folder for the results, found a file%n".formatted(picture),
        outcome.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bbox-thr 1.5",
        "--bbox-thr x",
        "--bbox 1,2,3",
        "--bbox 10,10,5,20",
        "--bbox 0,0,NaN,5",
        "--camera 0,1,2,3",
        "--camera 1,2,3",
        "--root-depth 3",
        "--max-persons 0",
        "--frame sideways",
        "--compat rtmlib",
        "--compat rtmpose3d --camera 1,1,1,1",
        "--compat rtmpose3d --frame z_up",
        "--save svg",
        "--kpt-thr NaN",
        "--device gpu",
        "--threads -1",
        "--precision int8",
        "--model another",
        "--no-such-flag"
      })
  void wrongFlagsAreErrorsOfUsage(String flags) throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    String[] arguments =
        Stream.concat(Stream.of(picture.toString(), "-o", out()), Stream.of(flags.split(" ", -1)))
            .toArray(String[]::new);
    Cli.Outcome outcome = Cli.infer(arguments);
    assertEquals(2, outcome.code(), outcome.err());
    assertTrue(outcome.errLines().get(0).startsWith("rtm: "), outcome.err());
    assertTrue(outcome.err().contains("Try 'rtm infer --help'."), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertFalse(Files.exists(dir.resolve("out")));
  }

  private String out() {
    return dir.resolve("out").toString();
  }

  private List<String> results() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private JsonNode json(String stem) throws IOException {
    return new ObjectMapper().readTree(dir.resolve("out").resolve(stem + ".json").toFile());
  }

  private static double[] numbers(JsonNode array) {
    double[] out = new double[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asDouble();
    }
    return out;
  }
}
