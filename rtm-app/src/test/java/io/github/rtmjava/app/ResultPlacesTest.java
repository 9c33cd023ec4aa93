package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where results go, what they are called, and what they say of where they came from. */
@Timeout(120)
class ResultPlacesTest {
  @TempDir Path dir;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void noResultTakesThePlaceOfAnInput() throws IOException {
    Path photo = Pictures.write(dir.resolve("photos/a.png"), Pictures.BRIGHT);
    byte[] before = Files.readAllBytes(photo);
    Path link = Files.createSymbolicLink(dir.resolve("out"), dir.resolve("photos"));
    Path other = Files.createDirectory(dir.resolve("other"));
    Files.createLink(other.resolve("a.png"), photo);
    for (Path output :
        List.of(link, other, dir.resolve("photos"), dir.resolve("other/../photos"))) {
      Cli.Outcome outcome = Cli.infer(photo.toString(), "-o", output.toString());
      assertEquals(0, outcome.code(), outcome.err());
      assertArrayEquals(before, Files.readAllBytes(photo), output.toString());
      assertArrayEquals(before, Files.readAllBytes(output.resolve("a.png")), output.toString());
      assertTrue(Files.exists(output.resolve("a_2.png")), output.toString());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void linesOfAVideoAreNotWrittenThroughALink() throws IOException {
    Path clip = clip(dir.resolve("clip.mp4"));
    Path diary = Files.writeString(dir.resolve("diary.txt"), "dear diary");
    Files.createDirectory(dir.resolve("out"));
    Files.createSymbolicLink(dir.resolve("out/clip.jsonl"), diary);
    assertEquals(0, infer("json", clip).code());
    assertEquals("dear diary", Files.readString(diary));
    assertFalse(Files.isSymbolicLink(dir.resolve("out/clip.jsonl")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void outputsOfANetworkDoNotReplaceItsInput() throws IOException {
    Path input = Files.write(dir.resolve("x.npy"), new byte[] {1, 2, 3});
    Path link = Files.createSymbolicLink(dir.resolve("link.npz"), input);
    Cli.Outcome outcome =
        Cli.run(
            "run", "fake-pose", "--engine", "fake", "-i", input.toString(), "-o", link.toString());
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("expected another file"), outcome.err());
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(link));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
  void convertingReplacesNothingThatIsRead() throws IOException {
    Path file = Files.writeString(dir.resolve("model.safetensors"), "no model");
    Path link = Files.createSymbolicLink(dir.resolve("model.pth"), file);
    for (String command : List.of("convert", "export")) {
      Cli.Outcome outcome = Cli.run(command, file.toString(), "-o", link.toString());
      assertNotEquals(0, outcome.code());
      assertEquals("no model", Files.readString(file));
    }
  }

  @Test
  void evaluationsDoNotReplaceTheirAnnotations() throws IOException {
    Path annotations =
        Files.writeString(
            dir.resolve("a.json"), "{\"images\": [], \"annotations\": [], \"categories\": []}");
    Path results = Files.writeString(dir.resolve("r.json"), "[]");
    for (Path saved : List.of(annotations, results, dir.resolve("x/../r.json"))) {
      Cli.run(
          "eval",
          "--annotations",
          annotations.toString(),
          "--results",
          results.toString(),
          "--save",
          saved.toString());
      assertTrue(Files.readString(annotations).startsWith("{\"images\""));
      assertEquals("[]", Files.readString(results));
    }
  }

  @Test
  void drawingsAreNotTakenForPhotographs() throws IOException {
    Path folder = dir.resolve("d");
    Pictures.write(folder.resolve("a.jpg"), Pictures.BRIGHT);
    Pictures.write(folder.resolve("b.png"), Pictures.BRIGHT);
    clip(folder.resolve("c.mp4"));
    String[] run = {
      folder.toString(), "-o", folder.toString(), "--save", "json,overlay,sheet,plot"
    };
    assertEquals(0, Cli.infer(run).code());
    Map<String, Integer> first = sizes(folder);
    Cli.Outcome again = Cli.infer(run);
    assertEquals(0, again.code(), again.err());
    assertEquals(first.keySet(), sizes(folder).keySet());
    // Two pictures, a page with both, the curves of three people, and a video.
    assertTrue(
        again.errLines().contains("left out: 7 files that rtm-java has drawn itself"), again.err());
    Cli.Outcome only = Cli.infer(folder.resolve("a.png").toString(), "-o", folder.toString());
    assertEquals(1, only.code());
    assertTrue(only.err().startsWith("left out: 1 file "), only.err());
  }

  @Test
  void addressesThatDifferInTheirQueryHaveResultsOfTheirOwn() throws IOException {
    byte[] one = Files.readAllBytes(Pictures.write(dir.resolve("1.png"), Pictures.BRIGHT));
    byte[] none = Files.readAllBytes(Pictures.write(dir.resolve("0.png"), Pictures.DARK));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestURI().getQuery().startsWith("id=1") ? one : none;
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort() + "/p.png?id=";
      Cli.Outcome outcome =
          Cli.infer(address + "1&key=hush", address + "2", "-o", out(), "--save", "json");
      assertEquals(0, outcome.code(), outcome.err());
      assertEquals(1, json("p.json").get("persons").size());
      assertEquals(0, json("p_2.json").get("persons").size());
      assertFalse(json("p.json").toString().contains("hush"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void noFormatNamesFoldersOfTheMachine() throws IOException {
    Path secret = dir.resolve("private-folder");
    Path photo = Pictures.write(secret.resolve("photo.png"), Pictures.BRIGHT);
    Path clip = clip(secret.resolve("clip.mp4"));
    String all = String.join(",", new Saving.Names());
    Cli.Outcome outcome = Cli.infer(photo.toString(), clip.toString(), "-o", out(), "--save", all);
    assertEquals(0, outcome.code(), outcome.err());
    int named = 0;
    try (Stream<Path> tree = Files.walk(dir.resolve("out"))) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(dir.toString()), file.toString());
        // A page finds its video from where it lies itself.
        assertTrue(
            !bytes.contains("private-folder") || file.endsWith("clip.html"), file.toString());
        named += bytes.contains("clip.mp4") || bytes.contains("photo.png") ? 1 : 0;
      }
    }
    assertTrue(named > 6, "the results name their source, but " + named);
    outcome.out().lines().forEach(line -> assertTrue(line.length() < 400, line));
    assertEquals(2, outcome.out().lines().count(), outcome.out());
  }

  @Test
  void whatWasWrittenIsThere() throws IOException {
    Path clip = empty(dir.resolve("room.mp4"));
    Cli.Outcome outcome = infer("json,trc,c3d,mot", clip);
    assertEquals(0, outcome.code(), outcome.err());
    assertTrue(outcome.err().contains(clip + ": nobody found"), outcome.err());
    assertEquals(
        "wrote %s and %s: 0 people in 5 frames%n"
            .formatted(dir.resolve("out/room.jsonl"), dir.resolve("out/room.smooth.jsonl")),
        outcome.out());
    assertEquals(List.of("room.jsonl", "room.smooth.jsonl"), results());
  }

  @Test
  void everyFrameHasAFileWhereFramesAreCounted() throws IOException {
    Path frames = dir.resolve("frames");
    for (int i = 0; i < 8; i++) {
      Pictures.write(frames.resolve(i + ".png"), Pictures.BRIGHT);
    }
    for (int i : new int[] {0, 3, 4, 7}) {
      Files.writeString(frames.resolve(i + ".png"), "no picture");
    }
    Cli.Outcome outcome =
        Cli.infer(frames.toString(), "-o", out(), "--frame-rate", "25", "--save", "openpose,json");
    assertEquals(1, outcome.code());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "frames_00000000000" + i + "_keypoints.json";
      int people = json("frames_json/" + name).get("people").size();
      assertEquals(i == 0 || i == 7 ? 0 : people, people, name);
      names.add(name);
    }
    try (Stream<Path> files = Files.list(dir.resolve("out/frames_json"))) {
      assertEquals(names, files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    assertEquals(9, Files.readAllLines(dir.resolve("out/frames.jsonl")).size());
  }

  @Test
  void aRunThatFailsLeavesNoFolder() throws IOException {
    Path bad = Files.writeString(dir.resolve("bad.png"), "no picture");
    String deep = dir.resolve("new/deep").toString();
    assertEquals(1, Cli.infer(bad.toString(), "-o", deep).code());
    assertFalse(Files.exists(dir.resolve("new")));
    Path empty = Files.createDirectory(dir.resolve("mine"));
    assertEquals(1, Cli.infer(bad.toString(), "-o", empty.toString()).code());
    assertTrue(Files.exists(empty), "a folder of the user's stays");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no such folder")
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path photo = Pictures.write(dir.resolve("photo.png"), Pictures.BRIGHT);
    for (String place : List.of("/dev/null/x", "/proc/x", "/proc/x/y")) {
      Cli.Outcome outcome = Cli.infer(photo.toString(), "-o", place);
      assertEquals(1, outcome.code());
      assertEquals(1, outcome.errLines().size(), outcome.err());
      assertTrue(outcome.err().startsWith("rtm: " + place + ": expected a folder"), outcome.err());
    }
  }

  @Test
  void flagsForResultsThatAreNotWrittenAreSaid() throws IOException {
    Path photo = Pictures.write(dir.resolve("photo.png"), Pictures.BRIGHT);
    Cli.Outcome outcome =
        Cli.infer(photo.toString(), "-o", out(), "--save", "json", "--draw", "trail");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        1,
        outcome.errLines().stream().filter(line -> line.startsWith("--draw has no effect")).count(),
        outcome.err());
    Cli.Outcome used = Cli.infer(photo.toString(), "-o", out(), "--draw", "bbox");
    assertEquals("", used.err());
  }

  private Cli.Outcome infer(String saved, Path input) {
    return Cli.infer(input.toString(), "-o", out(), "--save", saved);
  }

  private static Path clip(Path file) throws IOException {
    return video(file, Pictures.BRIGHT);
  }

  private static Path empty(Path file) throws IOException {
    return video(file, Pictures.DARK);
  }

  private static Path video(Path file, int grey) throws IOException {
    byte[] pixels = new byte[64 * 64 * 3];
    Arrays.fill(pixels, (byte) grey);
    try (VideoWriter video = VideoWriter.open(file, 64, 64, WriterOptions.of(10))) {
      for (int i = 0; i < 5; i++) {
        video.write(Image.ofBgr(64, 64, pixels), i / 10.0);
      }
      video.finish();
    }
    return file;
  }

  private static Map<String, Integer> sizes(Path folder) throws IOException {
    Map<String, Integer> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sizes.put(file.getFileName().toString(), Files.readAllBytes(file).length);
      }
    }
    return sizes;
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(dir.resolve("out").resolve(name).toFile());
  }

  private List<String> results() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String out() {
    return dir.resolve("out").toString();
  }
}
