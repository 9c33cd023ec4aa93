package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One person of a video is the same person in all frames. */
@Timeout(120)
class SinglePersonTest {
  /** In the first frames the smaller person is alone. */
  private static final int ALONE = 6;

  private static final int FRAMES = 20;

  /** Where the boxes of the larger and of the smaller person begin. */
  private static final double LARGE = 16;

  private static final double SMALL = 4;

  @TempDir Path dir;

  @Test
  void ofAVideoItIsWhoIsLargeAndLongInIt() throws IOException {
    Cli.Outcome outcome = infer("--save", "json,trc,csv,coco,openpose");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.out().contains("1 person in 20 frames"), outcome.out());
    assertEquals(
        List.of("a.coco.json", "a.csv", "a.jsonl", "a.smooth.jsonl", "a_2.trc", "a_json"),
        results());
    for (String stem : List.of("a", "a.smooth")) {
      List<JsonNode> frames = lines(stem);
      for (int i = 0; i < FRAMES; i++) {
        JsonNode persons = frames.get(i).get("persons");
        assertEquals(i < ALONE ? 0 : 1, persons.size(), stem + ", frame " + i);
        if (i >= ALONE) {
          assertEquals(2, persons.get(0).get("id").asInt());
          assertEquals(LARGE, persons.get(0).get("bbox").get(0).asDouble(), 1);
        }
      }
    }
    assertTrue(
        Files.readAllLines(dir.resolve("out/a.csv")).stream()
            .skip(1)
            .allMatch(row -> row.split(",", -1)[2].equals("2")),
        "somebody else is in the table");
  }

  @Test
  void theChoiceHoldsWithAStrideToo() throws IOException {
    Cli.Outcome outcome = infer("--save", "json,trc", "--stride", "5");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(List.of("a.jsonl", "a.smooth.jsonl", "a_2.trc"), results());
  }

  @Test
  void withoutTrackingTheChoiceIsMadeInEachFrameAndThatIsSaid() throws IOException {
    Cli.Outcome outcome = infer("--save", "json", "--no-tracking");
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains("--single-person chooses"), outcome.err());
    List<JsonNode> frames = lines("a");
    assertEquals(SMALL, frames.get(0).at("/persons/0/bbox/0").asDouble(), 1);
    assertEquals(LARGE, frames.get(FRAMES - 1).at("/persons/0/bbox/0").asDouble(), 1);
    assertEquals(1, frames.get(FRAMES - 1).get("persons").size());
  }

  @Test
  void nobodyIsNobody() throws IOException {
    Cli.Outcome outcome =
        Cli.infer(
            clip(Pictures.DARK, Pictures.DARK).toString(),
            "-o",
            dir.resolve("out").toString(),
            "--single-person",
            "--save",
            "json");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(0, lines("a").get(FRAMES - 1).get("persons").size());
  }

  @Test
  void whereNobodyKnowsWhatComesItIsTheFirstUntilTheyAreLost() throws IOException {
    int gone = 100;
    Stream<VideoFrame> frames =
        IntStream.range(0, ALONE + FRAMES + gone + FRAMES)
            .mapToObj(
                i -> {
                  int grey =
                      i < ALONE
                          ? Pictures.DIM
                          : i < ALONE + FRAMES
                              ? Pictures.WHITE
                              : i < ALONE + FRAMES + gone ? Pictures.DARK : Pictures.WHITE;
                  return new VideoFrame(i, i / 25.0, image(grey));
                });
    try (PoseInferencer inferencer =
            PoseInferencer.builder()
                .model("fake-pose")
                .detector("fake-detector")
                .engine("fake")
                .singlePerson(true)
                .build();
        Stream<Followed> all = inferencer.follow(frames, FollowOptions.DEFAULT)) {
      List<Followed> followed = all.toList();
      for (int i = 0; i < ALONE + FRAMES; i++) {
        assertEquals(1, followed.get(i).poses().result().size());
        assertEquals(SMALL, followed.get(i).poses().result().bboxes()[0][0], 1);
      }
      assertEquals(0, followed.get(ALONE + FRAMES).poses().result().size());
      Followed last = followed.get(followed.size() - 1);
      assertEquals(1, last.poses().result().size());
      assertEquals(LARGE, last.poses().result().bboxes()[0][0], 1);
    }
  }

  private Cli.Outcome infer(String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of(clip(Pictures.DIM, Pictures.WHITE).toString()));
    all.addAll(List.of("-o", dir.resolve("out").toString(), "--single-person"));
    all.addAll(List.of(flags));
    return Cli.infer(all.toArray(String[]::new));
  }

  private Path clip(int first, int then) throws IOException {
    Path file = dir.resolve("a.mp4");
    try (VideoWriter video = VideoWriter.open(file, 64, 64, WriterOptions.of(10))) {
      for (int i = 0; i < FRAMES; i++) {
        video.write(image(i < ALONE ? first : then), i / 10.0);
      }
      video.finish();
    }
    return file;
  }

  private static Image image(int grey) {
    byte[] pixels = new byte[64 * 64 * 3];
    Arrays.fill(pixels, (byte) grey);
    return Image.ofBgr(64, 64, pixels);
  }

  private List<JsonNode> lines(String stem) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(dir.resolve("out/" + stem + ".jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines.subList(1, lines.size());
  }

  private List<String> results() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
