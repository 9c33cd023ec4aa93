package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferVideoTest {
  private static final int FRAMES = 20;

  @TempDir Path dir;

  @Test
  void writesALineForEachFrameAndTheDrawnVideo() throws IOException {
    Path clip = clip("walk.mp4");
    Cli.Outcome outcome = Cli.infer(clip.toString(), "-o", out());

    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    assertEquals(
        "wrote %s and %s and %s: 1 person in 20 frames%n"
            .formatted(
                dir.resolve("out/walk.jsonl"),
                dir.resolve("out/walk.smooth.jsonl"),
                dir.resolve("out/walk.mp4")),
        outcome.out());
    assertEquals(List.of("walk.jsonl", "walk.mp4", "walk.smooth.jsonl"), results());
    List<JsonNode> lines = lines("walk");
    JsonNode head = lines.get(0);
    assertEquals("walk.mp4", head.get("video").asText());
    assertEquals(64, head.get("width").asInt());
    assertEquals(10, head.get("frame_rate").asDouble(), 1e-3);
    assertEquals("camera", head.get("frame").asText());
    assertEquals(32, head.get("camera").get("cx").asDouble());
    assertEquals(133, head.get("keypoint_names").size());
    assertEquals(FRAMES + 1, lines.size());
    for (int i = 0; i < FRAMES; i++) {
      JsonNode frame = lines.get(i + 1);
      assertEquals(i, frame.get("frame").asInt());
      assertEquals(i / 10.0, frame.get("time_s").asDouble(), 1e-3);
      assertEquals(1, frame.get("persons").size());
      assertEquals(1, frame.get("persons").get(0).get("id").asInt());
    }
    try (VideoReader drawn = open(dir.resolve("out/walk.mp4"))) {
      List<VideoFrame> frames = drawn.frames().toList();
      assertEquals(FRAMES, frames.size());
      assertEquals(1.9, frames.get(FRAMES - 1).time(), 1e-3);
      assertTrue(isDrawnOn(frames.get(7).image()), "nothing is drawn on the frames");
    }
  }

  @Test
  void framesAreChosen() throws IOException {
    Path clip = clip("a.mp4");
    Cli.infer(
        clip.toString(),
        "-o",
        out(),
        "--save",
        "json",
        "--start",
        "0.5",
        "--end",
        "0:01.5",
        "--stride",
        "3",
        "--max-frames",
        "3");
    assertEquals(List.of(5L, 8L, 11L), indices("a"));
    assertEquals(List.of("a.jsonl", "a.smooth.jsonl"), results());
  }

  @Test
  void aCutVideoGivesItsFramesAndFails() throws IOException {
    Path clip = clip("cut.mp4");
    byte[] bytes = Files.readAllBytes(clip);
    Files.write(clip, Arrays.copyOf(bytes, bytes.length * 3 / 4));
    Cli.Outcome outcome = Cli.infer(clip.toString(), "-o", out());
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("cut.mp4"), outcome.err());
    assertTrue(outcome.out().contains("cut.jsonl"), outcome.out());
    int found = indices("cut").size();
    assertTrue(found > 0 && found < FRAMES, () -> found + " frames");
    assertEquals(List.of("cut.jsonl", "cut.mp4", "cut.smooth.jsonl"), results());
  }

  @Test
  void whatIsNoVideoFailsAloneAndLeavesNothing() throws IOException {
    Path bad = Files.writeString(dir.resolve("bad.mp4"), "no video");
    Path good = clip("good.mp4");
    Cli.Outcome outcome = Cli.infer(bad.toString(), good.toString(), "-o", out(), "--save", "json");
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size(), outcome.err());
    assertTrue(outcome.err().startsWith("rtm: " + bad), outcome.err());
    assertEquals(List.of("good.jsonl", "good.smooth.jsonl"), results());
  }

  @Test
  void picturesAndVideosMayComeTogether() throws IOException {
    clip("in/clip.mp4");
    Pictures.write(dir.resolve("in/photo.png"), Pictures.BRIGHT);
    Cli.Outcome outcome = Cli.infer(dir.resolve("in").toString(), "-o", out(), "--save", "json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(List.of("clip.jsonl", "clip.smooth.jsonl", "photo.json"), results());
  }

  @Test
  void aFolderOfFramesIsAVideo() throws IOException {
    for (int i = 0; i < 4; i++) {
      Pictures.write(dir.resolve("frames/f" + i + ".png"), Pictures.BRIGHT);
    }
    Cli.Outcome outcome =
        Cli.infer(dir.resolve("frames").toString(), "-o", out(), "--frame-rate", "8");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(List.of("frames.jsonl", "frames.mp4", "frames.smooth.jsonl"), results());
    assertEquals(0.375, lines("frames").get(4).get("time_s").asDouble(), 1e-6);
  }

  @Test
  void withoutTrackingThereAreNoIds() throws IOException {
    Cli.Outcome outcome =
        Cli.infer(clip("a.mp4").toString(), "-o", out(), "--save", "json", "--no-tracking");
    assertTrue(outcome.out().contains("20 people found in 20 frames"), outcome.out());
    assertFalse(lines("a").get(1).get("persons").get(0).has("id"));
  }

  @Test
  void aVideoIsNeverOverwritten() throws IOException {
    Path clip = clip("out/clip.mp4");
    byte[] before = Files.readAllBytes(clip);
    Cli.Outcome outcome = Cli.infer(clip.toString(), "-o", out());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        List.of("clip.mp4", "clip_2.jsonl", "clip_2.mp4", "clip_2.smooth.jsonl"), results());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(clip)));
  }

  @Test
  void everyFormatIsWritten() throws IOException {
    Cli.Outcome outcome =
        Cli.infer(
            clip("a.mp4").toString(),
            "-o",
            out(),
            "--angles",
            "--save",
            "json,overlay,viewer,csv,trc,c3d,bvh,glb,npz,mot,mmpose,coco,openpose");
    assertEquals(0, outcome.code(), outcome.err());
    List<String> found = results();
    for (String name :
        List.of(
            "a.jsonl",
            "a.mp4",
            "a.html",
            "a.csv",
            "a_1.trc",
            "a_1.c3d",
            "a_1.bvh",
            "a.glb",
            "a.npz",
            "a_1.mot",
            "a.mmpose.json",
            "a.coco.json",
            "a_json")) {
      assertTrue(found.contains(name), () -> name + " is not among " + found);
    }
    assertTrue(lines("a").get(1).get("persons").get(0).has("angles_2d_deg"));
  }

  @Test
  void theWorldIsWhatTheFlagsSay() throws IOException {
    Cli.Outcome outcome =
        Cli.infer(
            clip("a.mp4").toString(),
            "-o",
            out(),
            "--save",
            "json",
            "--frame",
            "world",
            "--floor",
            "0,1.5",
            "--smooth",
            "none");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("camera", lines("a").get(0).get("frame").asText());
    List<JsonNode> smooth = lines("a.smooth");
    assertEquals("world", smooth.get(0).get("frame").asText());
    JsonNode nose = smooth.get(5).get("persons").get(0).get("keypoints_3d").get(0);
    assertEquals(5.14388, nose.get(1).asDouble(), 1e-4);
    assertEquals(1.5, nose.get(2).asDouble(), 1e-4);
  }

  @Test
  void aFloorThatNobodyStandsOnIsAnError() throws IOException {
    Cli.Outcome outcome =
        Cli.infer(clip("a.mp4").toString(), "-o", out(), "--save", "json", "--frame", "world");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("upright"), outcome.err());
    assertEquals(List.of("a.jsonl"), results());
  }

  @Test
  void anEmptySpanIsAnError() throws IOException {
    Cli.Outcome outcome = Cli.infer(clip("a.mp4").toString(), "-o", out(), "--start", "50");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("--start"), outcome.err());
    assertEquals(List.of(), results());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--stride 0",
        "--start -1",
        "--start abc",
        "--start 2 --end 1",
        "--max-frames 0",
        "--det-every 0",
        "--det-every 2 --no-tracking",
        "--max-age 0",
        "--min-hits 0",
        "--frame-rate 0",
        "--smooth kalman",
        "--smooth-cutoff 0",
        "--max-gap -1",
        "--person-height 18",
        "--floor 12",
        "--save fbx",
        "--draw glitter"
      })
  void wrongFlagsAreErrorsOfUsage(String flags) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(clip("a.mp4").toString(), "-o", out()));
    arguments.addAll(List.of(flags.split(" ")));
    Cli.Outcome outcome = Cli.infer(arguments.toArray(String[]::new));
    assertEquals(2, outcome.code(), outcome.err());
    assertFalse(Files.exists(dir.resolve("out")));
  }

  /** Somebody in every frame, for the made-up models. */
  private Path clip(String name) throws IOException {
    Path file = dir.resolve(name);
    Random random = new Random(1);
    byte[] bright = new byte[64 * 64 * 3];
    try (VideoWriter video = VideoWriter.open(file, 64, 64, WriterOptions.of(10))) {
      for (int i = 0; i < FRAMES; i++) {
        // What changes needs bytes in every frame.
        for (int k = 0; k < bright.length; k++) {
          bright[k] = (byte) (Pictures.BRIGHT - 20 + random.nextInt(40));
        }
        video.write(Image.ofBgr(64, 64, bright), i / 10.0);
      }
      video.finish();
    }
    return file;
  }

  private static VideoReader open(Path file) throws IOException {
    return VideoReader.open(VideoSource.of(file.toString()), VideoOptions.all());
  }

  private static boolean isDrawnOn(Image image) {
    int first = image.bgr()[0] & 0xff;
    for (int i = 0; i < image.bgr().length; i++) {
      if (Math.abs((image.bgr()[i] & 0xff) - first) > 60) {
        return true;
      }
    }
    return false;
  }

  private List<Long> indices(String stem) throws IOException {
    return lines(stem).stream().skip(1).map(line -> line.get("frame").asLong()).toList();
  }

  private List<JsonNode> lines(String stem) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(dir.resolve("out/" + stem + ".jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private List<String> results() throws IOException {
    if (!Files.exists(dir.resolve("out"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String out() {
    return dir.resolve("out").toString();
  }
}
