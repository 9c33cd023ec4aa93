package io.github.rtmjava.server.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.AddressPattern;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos as jobs, with the embedded models. */
final class JobsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CLIP = Path.of("../samples/clip_01.mp4");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static PoseServer server;
  private static HttpServer web;

  @BeforeAll
  static void start() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] clip = Files.readAllBytes(CLIP);
    web.createContext(
        "/clips/clip.mp4",
        exchange -> {
          exchange.sendResponseHeaders(200, clip.length);
          exchange.getResponseBody().write(clip);
          exchange.close();
        });
    web.createContext(
        "/clips/away.mp4",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "file:///etc/passwd");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    web.start();
    server = PoseServer.start(options(folder));
  }

  private static ServerOptions options(Path jobs) {
    return ServerOptions.DEFAULT
        .at("127.0.0.1", 0)
        .withJobs(jobs)
        .withLimits(ServerLimits.DEFAULT.with("jobs", "3").with("job-bytes", "8m"))
        .withUrls(
            List.of(
                AddressPattern.of("http://127.0.0.1:" + web.getAddress().getPort() + "/clips/*"),
                AddressPattern.of("http://127.0.0.*:1")));
  }

  @AfterAll
  static void stop() {
    server.close();
    web.stop(0);
  }

  @Test
  void aVideoBecomesFilesWithItsLinesWhileItRuns() throws Exception {
    JsonNode job = accepted("?max_frames=12&save=json,overlay,viewer,csv,openpose&name=a/walk.mp4");
    assertEquals("walk.mp4", job.get("name").asText());
    String id = job.get("id").asText();
    HttpResponse<byte[]> stream = get("/v1/jobs/" + id + "/poses.jsonl");
    JsonNode done = await(id, "done");
    assertEquals(12, done.at("/progress/frames").asInt());
    assertTrue(done.at("/progress/people").asInt() > 0, done::toString);
    assertEquals(
        List.of(
            "poses.csv",
            "poses.html",
            "poses.jsonl",
            "poses.mp4",
            "poses.smooth.jsonl",
            "poses_json.zip"),
        names(done));
    byte[] lines = get("/v1/jobs/" + id + "/files/poses.jsonl").body();
    assertArrayEquals(lines, stream.body());
    assertArrayEquals(lines, get("/v1/jobs/" + id + "/poses.jsonl").body());
    List<String> each = new String(lines, UTF_8).lines().toList();
    assertEquals(13, each.size());
    assertEquals("walk.mp4", JSON.readTree(each.get(0)).get("video").asText());
    assertEquals(11, JSON.readTree(each.get(12)).get("frame").asInt());
    for (JsonNode file : done.get("files")) {
      HttpResponse<byte[]> answer = get("/v1/jobs/" + id + "/files/" + file.get("name").asText());
      assertEquals(200, answer.statusCode());
      assertEquals(file.get("bytes").asInt(), answer.body().length);
    }
    assertEquals(12, entries(get("/v1/jobs/" + id + "/files/poses_json.zip").body()));
    assertFalse(Files.exists(folder.resolve(id).resolve("video")));
    parts(id, lines);
    assertEquals(204, delete(id).statusCode());
    assertEquals(404, get("/v1/jobs/" + id).statusCode());
    assertFalse(Files.exists(folder.resolve(id)));
  }

  private static void parts(String id, byte[] lines) throws Exception {
    String path = "/v1/jobs/" + id + "/files/poses.jsonl";
    HttpResponse<byte[]> first = get(path, "Range", "bytes=0-9");
    assertEquals(206, first.statusCode());
    assertArrayEquals(Arrays.copyOf(lines, 10), first.body());
    assertEquals(
        "bytes 0-9/" + lines.length, first.headers().firstValue("Content-Range").orElseThrow());
    HttpResponse<byte[]> last = get(path, "Range", "bytes=-5");
    assertArrayEquals(Arrays.copyOfRange(lines, lines.length - 5, lines.length), last.body());
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertEquals(206, get(path, "Range", "bytes=7-", "If-Range", tag).statusCode());
    assertEquals(200, get(path, "Range", "bytes=7-", "If-Range", "\"other\"").statusCode());
    assertEquals(416, get(path, "Range", "bytes=" + lines.length + "-").statusCode());
    assertEquals(4, get("/v1/jobs/" + id + "/files/..%2Fstate.json").statusCode() / 100);
    assertEquals(404, get("/v1/jobs/" + id + "/files/state.json").statusCode());
  }

  @Test
  void oneOfSeveralPeopleIsKeptAsTheWholeVideoSays() throws Exception {
    String id =
        accepted("?max_frames=6&single_person=true&det_every=2&smooth=none").get("id").asText();
    await(id, "done");
    List<String> lines = text(get("/v1/jobs/" + id + "/files/poses.jsonl")).lines().toList();
    assertEquals(7, lines.size());
    for (int i = 1; i < lines.size(); i++) {
      assertTrue(JSON.readTree(lines.get(i)).get("persons").size() <= 1);
    }
    assertEquals(204, delete(id).statusCode());
  }

  @Test
  void aJobIsCancelledAndLeavesNoHalfFile() throws Exception {
    String id = accepted("?save=overlay").get("id").asText();
    while (state(id).at("/progress/frames").asInt() == 0) {
      Thread.sleep(20);
    }
    assertEquals(200, delete(id).statusCode());
    JsonNode ended = await(id, "cancelled");
    assertEquals(0, ended.get("files").size());
    assertEquals(404, get("/v1/jobs/" + id + "/files/poses.jsonl").statusCode());
    try (Stream<Path> left = Files.list(folder.resolve(id))) {
      assertEquals(List.of("state.json"), left.map(p -> p.getFileName().toString()).toList());
    }
    assertEquals(204, delete(id).statusCode());
  }

  @Test
  void whatCannotBeDoneIsRefusedAtOnce() throws Exception {
    assertProblem(400, "save", post("?save=json,nonsense", clip()));
    assertProblem(400, "det_every", post("?det_ever=2", clip()));
    assertProblem(400, "start", post("?start=3&end=2", clip()));
    assertProblem(400, "bbox", post("?bbox=1,2,3,4", clip()));
    assertProblem(404, "model", post("?model=nobody", clip()));
    assertProblem(422, "3D", post("?compat=rtmpose3d&bone_lengths=true", clip()));
    assertProblem(422, "expected a video", post("", "no video".getBytes(UTF_8)));
    assertProblem(400, "empty", post("", new byte[0]));
    assertProblem(413, "bytes", post("", new byte[(8 << 20) + 1]));
    assertProblem(404, "id", get("/v1/jobs/" + "0".repeat(32)));
    try (Stream<Path> left = Files.list(folder)) {
      assertTrue(left.noneMatch(each -> Files.exists(each.resolve("video"))));
    }
  }

  @Test
  void moreThanMayWaitAreRefused() throws Exception {
    String[] ids = new String[3];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = accepted("?save=json").get("id").asText();
    }
    HttpResponse<byte[]> answer = post("", clip());
    assertEquals(429, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals("waiting", state(ids[2]).get("state").asText());
    for (String id : ids) {
      delete(id);
    }
    for (String id : ids) {
      await(id, "cancelled");
      delete(id);
    }
  }

  @Test
  void anAddressIsFetchedOnlyWhereAPatternAllowsIt() throws Exception {
    String host = "http://127.0.0.1:" + web.getAddress().getPort();
    String id = accepted("?max_frames=2&url=" + host + "/clips/clip.mp4").get("id").asText();
    await(id, "done");
    delete(id);
    assertProblem(400, "address", post("?url=" + host + "/other/clip.mp4", new byte[0]));
    assertProblem(400, "address", post("?url=" + host + "/clips/%252e%252e/x", new byte[0]));
    assertProblem(400, "address", post("?url=file:///etc/passwd", new byte[0]));
    String away = accepted("?url=" + host + "/clips/away.mp4").get("id").asText();
    assertTrue(await(away, "failed").at("/error/detail").asText().contains("scheme"));
    String inside = accepted("?url=http://127.0.0.2:1/a.mp4").get("id").asText();
    assertTrue(await(inside, "failed").at("/error/detail").asText().contains("private"));
    delete(away);
    delete(inside);
  }

  @Test
  void whatRanWhenAServiceWasKilledBeginsAnewOnceAndIsThenCutOff(@TempDir Path other)
      throws Exception {
    String id = "0123456789abcdef".repeat(2);
    String twice = "f".repeat(32);
    leave(other, id, 1);
    leave(other, twice, 2);
    Files.createDirectories(other.resolve("e".repeat(32)));
    try (PoseServer next = PoseServer.start(options(other))) {
      JsonNode cut = state(next, twice);
      assertEquals("cut-off", cut.get("state").asText());
      assertEquals(0, cut.get("files").size());
      assertFalse(Files.exists(other.resolve("e".repeat(32))));
      JsonNode done = await(next, id, "done");
      assertEquals(2, done.at("/progress/frames").asInt());
      String lines = text(get(next, "/v1/jobs/" + id + "/files/poses.jsonl"));
      assertTrue(lines.startsWith("{\"video\""), lines);
      assertEquals(3, lines.lines().count());
    }
    try (PoseServer third = PoseServer.start(options(other))) {
      assertEquals("done", state(third, id).get("state").asText());
      assertEquals(3, text(get(third, "/v1/jobs/" + id + "/poses.jsonl")).lines().count());
    }
    ServerLimits brief = ServerLimits.DEFAULT.with("job-age", "1ms");
    try (PoseServer last = PoseServer.start(options(other).withLimits(brief))) {
      assertEquals(404, get(last, "/v1/jobs/" + id).statusCode());
      assertFalse(Files.exists(other.resolve(id)));
    }
  }

  @Test
  void theOldestResultsMakeRoom(@TempDir Path other) throws Exception {
    ServerLimits small = ServerLimits.DEFAULT.with("results-bytes", "1");
    try (PoseServer next = PoseServer.start(options(other).withLimits(small))) {
      String[] ids = new String[2];
      for (int i = 0; i < ids.length; i++) {
        HttpResponse<byte[]> answer =
            send(request(next, "/v1/jobs?max_frames=1").POST(BodyPublishers.ofByteArray(clip())));
        ids[i] = JSON.readTree(answer.body()).get("id").asText();
        await(next, ids[i], "done");
      }
      assertEquals(404, get(next, "/v1/jobs/" + ids[0]).statusCode());
      assertFalse(Files.exists(other.resolve(ids[0])));
      assertEquals(200, get(next, "/v1/jobs/" + ids[1] + "/files/poses.jsonl").statusCode());
    }
  }

  /** As a killed service leaves a job. */
  private static void leave(Path jobs, String id, int begun) throws IOException {
    Path job = Files.createDirectories(jobs.resolve(id));
    Files.copy(CLIP, job.resolve("video"));
    Files.createDirectories(job.resolve("files"));
    Files.writeString(job.resolve("files/poses.jsonl"), "{\"half");
    ObjectNode state =
        JSON.createObjectNode()
            .put("id", id)
            .put("state", "RUNNING")
            .put("begun", begun)
            .put("created", "2026-01-01T00:00:00Z");
    state.putObject("query").putArray("max_frames").add("2");
    state.putArray("remarks");
    Files.writeString(job.resolve("state.json"), state.toString());
  }

  @Test
  void aFolderServesOneServiceAtATime() {
    IOException refused = assertThrows(IOException.class, () -> PoseServer.start(options(folder)));
    assertTrue(String.valueOf(refused.getMessage()).contains("another"), refused::toString);
  }

  private static byte[] clip() throws IOException {
    return Files.readAllBytes(CLIP);
  }

  private static JsonNode accepted(String query) throws Exception {
    HttpResponse<byte[]> answer = post(query, clip());
    assertEquals(202, answer.statusCode(), () -> text(answer));
    JsonNode job = JSON.readTree(answer.body());
    assertEquals(
        "/v1/jobs/" + job.get("id").asText(),
        answer.headers().firstValue("Location").orElseThrow());
    return job;
  }

  private static JsonNode await(String id, String state) throws Exception {
    return await(server, id, state);
  }

  private static JsonNode await(PoseServer at, String id, String state) throws Exception {
    JsonNode job = state(at, id);
    while (List.of("waiting", "running").contains(job.get("state").asText())) {
      Thread.sleep(20);
      job = state(at, id);
    }
    assertEquals(state, job.get("state").asText(), job::toString);
    return job;
  }

  private static JsonNode state(String id) throws Exception {
    return state(server, id);
  }

  private static JsonNode state(PoseServer at, String id) throws Exception {
    return JSON.readTree(get(at, "/v1/jobs/" + id).body());
  }

  private static List<String> names(JsonNode job) {
    return job.get("files").findValuesAsText("name");
  }

  private static int entries(byte[] zip) throws IOException {
    int count = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        count++;
      }
    }
    return count;
  }

  private static void assertProblem(int status, String part, HttpResponse<byte[]> answer)
      throws IOException {
    assertEquals(status, answer.statusCode(), () -> text(answer));
    JsonNode problem = JSON.readTree(answer.body());
    assertTrue(problem.get("detail").asText().contains(part), problem::toString);
    assertFalse(problem.toString().contains(folder.toString()), problem::toString);
  }

  private static HttpResponse<byte[]> post(String query, byte[] body) throws Exception {
    return send(request(server, "/v1/jobs" + query).POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<byte[]> delete(String id) throws Exception {
    return send(request(server, "/v1/jobs/" + id).DELETE());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(server, path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpResponse<byte[]> get(PoseServer at, String path) throws Exception {
    return send(request(at, path));
  }

  private static HttpRequest.Builder request(PoseServer at, String path) {
    return HttpRequest.newBuilder(
        URI.create(at.address().toString().replaceFirst("/$", "") + path));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
