package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A flag that can do nothing beside others says so, once. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IdleFlagsTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "--no-tracking --max-age 2, --max-age",
    "--no-tracking --min-hits 2, --min-hits",
    "--no-tracking --smooth median, --smooth",
    "--smooth median --smooth-cutoff 3, --smooth-cutoff has no effect on median",
    "--smooth none --smooth-cutoff 3, --smooth-cutoff has no effect on none",
    "--smooth-window 7, --smooth-window has no effect on butterworth",
    "--smooth gaussian --smooth-window 7, --smooth-window has no effect on gaussian",
    "--audio --save json, --audio has no effect",
    "--angles --save csv, --angles has no effect",
    "--save json;sheet, --save sheet has no effect",
    "--frame-rate 25, --frame-rate has no effect",
    "--save json --radius 3, --radius has no effect",
    "--save json --thickness 3, --thickness has no effect",
    "--show --show-interval 1, --show-interval has no effect",
    "--save overlay --frame z_up, --frame",
    "--save overlay --bone-lengths, --bone-lengths",
    "--floor 0;1, --floor has no effect",
  })
  void isNamedInOneLine(String flags, String part) throws IOException {
    Path clip = dir.resolve("clip.avi");
    Avi.write(clip, 10, new int[4]);
    List<String> words = new ArrayList<>(List.of(clip.toString(), "-o", dir + "/out"));
    words.addAll(List.of(flags.replace(";", ",").split(" ", -1)));
    assertNamed(Cli.infer(words.toArray(String[]::new)), part);
  }

  @ParameterizedTest
  @CsvSource({"--bone-lengths", "--person-height 1.8", "--smooth none", "--det-every 2"})
  void ofVideosAreNamedForPictures(String flags) throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    List<String> words = new ArrayList<>(List.of(picture.toString(), "-o", dir + "/out"));
    words.addAll(List.of(flags.split(" ", -1)));
    assertNamed(Cli.infer(words.toArray(String[]::new)), "there is no video");
  }

  @ParameterizedTest
  @CsvSource({
    "--frame-rate 25, --frame-rate has no effect",
    "--draw trail, --draw trail has no effect",
    "'--floor 0,1', --floor has no effect",
  })
  void ofOtherInputsAreNamedForPictures(String flags, String part) throws IOException {
    Path picture = Pictures.write(dir.resolve("day.png"), Pictures.BRIGHT);
    List<String> words = new ArrayList<>(List.of(picture.toString(), "-o", dir + "/out"));
    words.addAll(List.of(flags.split(" ", -1)));
    assertNamed(Cli.infer(words.toArray(String[]::new)), part);
  }

  @Test
  void soundIsMissedWhereThereIsNone() throws IOException {
    Pictures.write(dir.resolve("in/f1.png"), Pictures.BRIGHT);
    Path clip = dir.resolve("clip.avi");
    Avi.write(clip, 10, 200, 200, 200, 200);
    String[] words = {
      dir + "/in", clip.toString(), "-o", dir + "/out", "--frame-rate", "5", "--audio"
    };
    Cli.Outcome outcome = Cli.infer(words);
    assertNamed(outcome, "in: --audio has no effect");
    assertFalse(outcome.err().contains("clip.avi: --audio"), "which has sound");
  }

  @Test
  void aFrameRateHasItsEffectOnFolders() throws IOException {
    Pictures.write(dir.resolve("in/f1.png"), Pictures.BRIGHT);
    Path clip = dir.resolve("clip.avi");
    Avi.write(clip, 10, new int[4]);
    Cli.Outcome outcome =
        Cli.infer(
            dir + "/in",
            clip.toString(),
            "-o",
            dir + "/out",
            "--frame-rate",
            "5",
            "--save",
            "json");
    assertEquals(0, outcome.code(), outcome.err());
    assertFalse(outcome.err().contains("no effect"), outcome.err());
  }

  @ParameterizedTest
  @CsvSource({
    "day.png, '--camera 100,50,22,12'",
    "day.png, '--camera 100,50,22,12 --root-depth 3'",
    "day.png, '--frame z_up'",
    "day.png, '--floor 0,1'",
    "clip.avi, '--frame z_up'"
  })
  void ofSpaceAreNamedForFlatModels(String input, String flags) throws IOException {
    Path file = dir.resolve(input);
    if (input.endsWith(".avi")) {
      Avi.write(file, 10, 200, 200, 200, 200);
    } else {
      Pictures.write(file, Pictures.BRIGHT);
    }
    List<String> words =
        new ArrayList<>(
            List.of("infer", file.toString(), "-o", dir + "/out", "--save", "json", "--engine"));
    words.addAll(List.of("fake", "--model", "fake-flat-pose", "--detector", "fake-detector"));
    words.addAll(List.of(flags.split(" ", -1)));
    Cli.Outcome outcome = Cli.run(words.toArray(String[]::new));
    assertNamed(outcome, "has no depth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frame world", "--person-height 1.8", "--bone-lengths"})
  void flatModelsAreRefusedBeforeAnyFrameIsLookedAt(String flags) throws IOException {
    Path clip = dir.resolve("clip.avi");
    Avi.write(clip, 10, 200, 200, 200, 200);
    List<String> words = new ArrayList<>(List.of("infer", clip.toString(), "-o", dir + "/out"));
    words.addAll(List.of("--engine", "fake", "--model", "fake-flat-pose"));
    words.addAll(List.of("--detector", "fake-detector"));
    words.addAll(List.of(flags.split(" ", -1)));
    Cli.Outcome outcome = Cli.run(words.toArray(String[]::new));
    assertEquals(1, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("expected a 3D model of people"), outcome.err());
    assertFalse(Files.exists(dir.resolve("out/clip.jsonl")), outcome.out());
  }

  @Test
  void runsGoWithAPlan() {
    assertNamed(Cli.run("doctor", "--runs", "3"), "--plan");
    assertFalse(
        Cli.run("doctor", "--runs", "3", "--plan", "fake-pose", "--engine", "fake")
            .err()
            .contains("--plan"));
  }

  @ParameterizedTest
  @CsvSource({
    "--model fake-pose",
    "--flip-test",
    "--bbox-from gt",
    "--bbox-thr 0.5",
    "--threads 2"
  })
  void ofModelsAreNamedForResults(String flags) throws IOException {
    Path truth = Path.of("..", "samples", "scene_05.json");
    Path results = Files.createDirectories(dir.resolve("results"));
    Files.writeString(
        results.resolve("scene_05.json"), "{\"image\":\"scene_05.png\",\"persons\":[]}");
    List<String> words =
        new ArrayList<>(
            List.of("eval", "--annotations", truth.toString(), "--results", results.toString()));
    words.addAll(List.of(flags.split(" ", -1)));
    Cli.Outcome outcome = Cli.run(words.toArray(String[]::new));
    assertTrue(outcome.err().contains("--results holds what was found already"), outcome.err());
  }

  private static void assertNamed(Cli.Outcome outcome, String part) {
    assertEquals(0, outcome.code(), outcome.err());
    List<String> lines =
        outcome.errLines().stream()
            .filter(line -> line.contains("no effect") && line.contains(part))
            .toList();
    assertEquals(1, lines.size(), outcome.err());
  }
}
