package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.app.Rtm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos of {@code rtm batch}, as {@code rtm infer} sees them. */
class VideoBatchTest {
  private static final Path CLIP = Path.of("..", "samples", "clip_01.mp4");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void begin() {
    LocalSpark.session();
    out = folder.resolve("out");
  }

  @Test
  void partsTogetherAreTheWhole() throws IOException {
    String[] some = {"--end", "1.4"};
    List<JsonNode> expected = infer(CLIP, some);
    assertEquals(42, expected.size());

    Said said = batch(CLIP, with(some, "--segment", "0.4"));
    assertEquals(0, said.code(), said.text());
    assertTrue(said.text().contains("42 frames of 1 video (1 of this run"), said.text());
    List<Row> rows = rows();
    assertSame(expected, rows);
    for (Row row : rows) {
      assertEquals(CLIP.toAbsolutePath().normalize().toString(), normal(row));
      assertNull(row.getAs("archive"));
      assertEquals(Files.size(CLIP), row.<Long>getAs("source_bytes"));
    }
    var keypoints = Keypoints.of(LocalSpark.session().read().parquet(out.toString()), "source");
    assertEquals(42 * 133, keypoints.where("id = 1").count());

    Said again = batch(CLIP, with(some, "--segment", "0.5"));
    assertTrue(again.text().contains("(0 of this run, 1 of earlier ones"), again.text());
  }

  @Test
  void optionsMeanTheSame() throws IOException {
    String[] world = {
      "--end", "1.1", "--single-person", "--frame", "world", "--person-height", "1.7",
      "--bone-lengths", "--smooth", "median", "--stride", "2", "--batch-size", "3"
    };
    List<JsonNode> placed = infer(CLIP, world);
    assertEquals(0, batch(CLIP, with(world, "--segment", "0.2", "--format", "jsonl")).code());
    List<Row> rows = rows();
    assertSame(placed, rows);
    assertEquals("world", rows.get(0).getAs("frame_3d"));

    out = folder.resolve("boxes");
    String[] boxes = {"--max-frames", "20", "--bbox", "100,80,380,600", "--no-tracking"};
    List<JsonNode> boxed = infer(CLIP, boxes);
    assertEquals(0, batch(CLIP, with(boxes, "--segment", "0.2")).code());
    assertSame(boxed, rows());
    assertEquals(100f, box(rows().get(19)).getFloat(0));
  }

  @Test
  void whatNoDetectorSawIsAlike() throws IOException {
    String[] every = {"--end", "3.5", "--det-every", "4"};
    List<JsonNode> expected = infer(CLIP, every);
    assertEquals(0, batch(CLIP, with(every, "--segment", "1")).code());
    List<Row> rows = rows();
    assertEquals(expected.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertPeople(expected.get(i), rows.get(i), 0.5);
    }
  }

  @Test
  void theWorldOfPicturesNeedsAFloor() throws IOException {
    Path picture = Scenes.FOLDER.resolve("scene_05.png");
    Said refused = batch(picture, "--frame", "world");
    assertEquals(1, refused.code());
    assertTrue(refused.text().contains("--frame world of pictures needs --floor"), refused.text());
    assertFalse(Files.exists(out));
    assertEquals(0, batch(picture, "--frame", "world", "--floor", "5,1.5").code());
    assertEquals("world", rows().get(0).getAs("frame_3d"));
  }

  @Test
  void whatIsDamagedIsToldAndTheRestKept() throws IOException {
    Path films = Files.createDirectories(folder.resolve("films/deep"));
    byte[] whole = Files.readAllBytes(CLIP);
    Files.copy(CLIP, films.resolve("whole.mp4"));
    Files.write(films.resolve("half.mp4"), Arrays.copyOf(whole, whole.length / 2));
    byte[] holes = whole.clone();
    Arrays.fill(holes, whole.length / 2, whole.length / 2 + 3000, (byte) 0);
    Files.write(films.resolve("holes.mp4"), holes);
    Files.write(films.resolve("none.mp4"), "no video".getBytes(StandardCharsets.UTF_8));
    Files.write(films.resolve("empty.mkv"), new byte[0]);
    String[] some = {"--stride", "12", "--segment", "2"};

    Said said = batch(films.getParent(), some);

    assertEquals(1, said.code(), said.text());
    assertTrue(said.text().contains("of 5 videos (5 of this run, 0 of earlier ones, 4 failed)"));
    Map<String, Integer> frames = new TreeMap<>();
    Map<String, String> errors = new TreeMap<>();
    for (Row row : rows()) {
      String name = Path.of(row.<String>getAs("source")).getFileName().toString();
      if (row.getAs("error") == null) {
        frames.merge(name, 1, Integer::sum);
      } else {
        errors.put(name, row.getAs("error"));
        assertNull(row.getAs("people"));
        assertTrue(said.text().contains(name + ": "), said.text());
      }
    }
    assertEquals(20, frames.get("whole.mp4"));
    assertEquals(List.of("empty.mkv", "half.mp4", "holes.mp4", "none.mp4"), keys(errors));
    assertEquals(20, frames.get("holes.mp4"), "" + errors);
    assertTrue(errors.get("none.mp4").contains("expected a video"), "" + errors);
    assertEquals(infer(films.resolve("whole.mp4"), "--stride", "12").size(), 20);

    assertTrue(batch(films.getParent(), some).text().contains("(0 of this run, 5 of earlier"));
    Said retried = batch(films.getParent(), with(some, "--retry-failed"));
    assertTrue(retried.text().contains("(4 of this run, 1 of earlier ones"), retried.text());
    Files.copy(CLIP, films.resolve("new.mp4"));
    Files.delete(films.resolve("none.mp4"));
    Said more = batch(films.getParent(), some);
    assertTrue(more.text().contains("new: 1; changed or to be tried again: 0"), more.text());
    assertEquals(
        2 * 20 + frames.get("holes.mp4") + frames.getOrDefault("half.mp4", 0) + 4, rows().size());
  }

  private static List<String> keys(Map<String, String> map) {
    return List.copyOf(map.keySet());
  }

  private static String normal(Row row) {
    return Path.of(row.<String>getAs("source")).normalize().toString();
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  /** The frames of a video as the other command makes them, on one thread as tasks are. */
  private List<JsonNode> infer(Path video, String... options) throws IOException {
    Path there = folder.resolve("infer" + Arrays.hashCode(options));
    String[] words = {
      "infer", video.toString(), "-o", there.toString(), "--save", "json", "--threads", "1"
    };
    assertEquals(0, Rtm.execute(with(words, options)));
    String stem = video.getFileName().toString().replaceFirst("[.].*", "");
    List<JsonNode> frames = new ArrayList<>();
    for (String line : Files.readAllLines(there.resolve(stem + ".smooth.jsonl"))) {
      frames.add(JSON.readTree(line));
    }
    return frames.subList(1, frames.size());
  }

  private record Said(int code, String text) {}

  private Said batch(Path input, String... options) {
    String[] words = {"batch", input.toString(), "-o", out.toString()};
    PrintStream before = System.err;
    PrintStream beforeToo = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream heard = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      System.setErr(heard);
      System.setOut(heard);
      int code = Rtm.execute(with(words, options));
      return new Said(code, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
      System.setOut(beforeToo);
    }
  }

  /** In the order of frames. */
  private List<Row> rows() {
    var reader = LocalSpark.session().read().schema(BatchColumns.schema());
    boolean lines = Stream.of(out.toFile().list()).anyMatch(name -> name.endsWith(".json"));
    return (lines ? reader.json(out.toString()) : reader.parquet(out.toString()))
        .orderBy("source", "frame")
        .collectAsList();
  }

  private static void assertSame(List<JsonNode> frames, List<Row> rows) {
    assertEquals(frames.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertPeople(frames.get(i), rows.get(i), 0);
    }
  }

  private static void assertPeople(JsonNode frame, Row row, double pixels) {
    assertNull(row.getAs("error"));
    assertEquals(frame.get("frame").asLong(), row.<Long>getAs("frame"));
    assertEquals(frame.get("time_s").asDouble(), row.<Double>getAs("time_s"));
    List<Row> people = row.getList(row.fieldIndex("people"));
    assertEquals(frame.get("persons").size(), people.size());
    for (int i = 0; i < people.size(); i++) {
      JsonNode person = frame.get("persons").get(i);
      assertEquals(person.path("id").asInt(i), people.get(i).<Integer>getAs("id"));
      List<Row> points = people.get(i).getList(people.get(i).fieldIndex("keypoints"));
      for (int k = 0; k < points.size(); k++) {
        JsonNode flat = person.get("keypoints").get(k);
        JsonNode deep = person.get("keypoints_3d").get(k);
        assertEquals(flat.get(0).floatValue(), points.get(k).<Float>getAs("x_px"), pixels);
        assertEquals(flat.get(1).floatValue(), points.get(k).<Float>getAs("y_px"), pixels);
        assertEquals(deep.get(0).floatValue(), points.get(k).<Float>getAs("x_m"), pixels / 10);
        assertEquals(deep.get(1).floatValue(), points.get(k).<Float>getAs("y_m"), pixels / 10);
        assertEquals(deep.get(2).floatValue(), points.get(k).<Float>getAs("z_m"), pixels / 10);
      }
    }
  }

  private static Row box(Row row) {
    Row person = row.<Row>getList(row.fieldIndex("people")).get(0);
    return person.getStruct(person.fieldIndex("bbox"));
  }
}
