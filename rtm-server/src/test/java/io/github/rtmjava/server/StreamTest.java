package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.PoseFollower;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Frames over a socket, with the embedded models. */
final class StreamTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String RECORDINGS = "v1/recordings/";

  /** Messages; 100,000 for a night: {@code -Drtm.server.fuzz=100000}. */
  private static final int FUZZ = Integer.getInteger("rtm.server.fuzz", 300);

  private static PoseServer server;
  private static byte[] frame;

  @BeforeAll
  static void start() throws IOException {
    server =
        PoseServer.start(
            ServerOptions.DEFAULT
                .at("127.0.0.1", 0)
                .withLimits(
                    ServerOptions.DEFAULT
                        .limits()
                        .with("streams-per-client", "2")
                        .with("record-frames", "5")));
    frame = Images.jpeg(Images.read(Path.of("../samples/scene_05.png")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sessions of the web server would be kept for sockets of long ago, and for those refused. */
  @Test
  void aSocketLeavesNothingAtTheServer() throws IOException {
    for (String query : List.of("", "?det_every=0")) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
        socket.setSoTimeout(60_000);
        socket
            .getOutputStream()
            .write(
                String.join(
                        "\r\n",
                        "GET /v1/stream%s HTTP/1.1".formatted(query),
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        List<String> head = in.lines().takeWhile(line -> !line.isEmpty()).toList();
        assertEquals(query.isEmpty() ? "101" : "400", head.get(0).substring(9, 12));
        assertFalse(String.join("\n", head).toLowerCase(Locale.ROOT).contains("cookie"));
      }
    }
  }

  @Test
  void theAnswersAreThoseOfAFollower() throws Exception {
    JsonNode first;
    JsonNode second;
    try (SocketClient client = SocketClient.open(server, "?smooth=false")) {
      JsonNode hello = client.next();
      assertEquals(1, hello.get("hello").asInt());
      assertEquals("default", hello.get("model").asText());
      assertEquals(
          hello.get("keypoint_names").size(),
          hello.get("keypoint_colours").size(),
          hello::toString);
      client.frame(1234.5, frame);
      first = client.next();
      client.frame(1334.25, frame);
      second = client.next();
    }
    assertEquals(1234.5, first.get("stamp").asDouble());
    assertEquals(1334.25, second.get("stamp").asDouble());
    assertEquals(1, second.get("frame").asInt());
    assertTrue(first.get("camera").get("fx").asDouble() > 0);
    assertFalse(second.has("camera"), "the camera is told once");
    assertTrue(first.get("ms").get("all").asDouble() > first.get("ms").get("decode").asDouble());
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      PoseFollower follower = inferencer.follower(FollowOptions.DEFAULT);
      Image image = Images.decode(frame, "frame");
      assertEquals(persons(follower, image, 0), first.get("persons"));
      assertEquals(persons(follower, image, 0.09975), second.get("persons"));
    }
  }

  private static JsonNode persons(PoseFollower follower, Image image, double time)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter.write(follower.next(image, time).result(), "frame", /* withAngles= */ false, out);
    JsonNode persons = JSON.readTree(out.toByteArray()).get("persons");
    assertTrue(persons.size() > 0 && persons.get(0).has("id"), persons::toString);
    return persons;
  }

  @Test
  void theNewestFrameWinsAndTheOthersAreCounted() throws Exception {
    int sent = 30;
    try (SocketClient client = SocketClient.open(server, "")) {
      assertTrue(client.next().has("hello"));
      for (int i = 1; i <= sent; i++) {
        client.frame(40 * i, frame);
      }
      List<Double> stamps = new ArrayList<>();
      JsonNode answer;
      do {
        answer = client.next();
        stamps.add(answer.get("stamp").asDouble());
      } while (stamps.get(stamps.size() - 1) < 40 * sent);
      assertEquals(stamps.stream().sorted().toList(), stamps);
      assertEquals(sent, stamps.size() + answer.get("dropped").asInt());
      assertTrue(answer.get("dropped").asInt() > 0, answer::toString);
    }
  }

  @Test
  void settingsChangeWhileFramesCome() throws Exception {
    try (SocketClient client = SocketClient.open(server, "?det_every=2")) {
      assertTrue(client.next().has("hello"));
      client.frame(0, frame);
      JsonNode all = client.next().get("persons");
      client.text("{\"set\": {\"single_person\": true, \"angles\": true}}");
      assertTrue(client.next().get("set").get("single_person").asBoolean());
      client.frame(40, frame);
      JsonNode one = client.next().get("persons");
      assertTrue(all.size() >= one.size());
      assertEquals(1, one.size());
      assertTrue(one.get(0).has("angles_2d_deg"));
      client.text("{\"set\": {\"smoothing\": true}}");
      assertTrue(client.next().get("error").get("detail").asText().contains("smooth"));
    }
  }

  @Test
  void whatCannotBeReadIsToldAndTheStreamGoesOn() throws Exception {
    try (SocketClient client = SocketClient.open(server, "")) {
      assertTrue(client.next().has("hello"));
      client.binary(ByteBuffer.wrap(new byte[5]));
      assertEquals("bad-request", client.next().get("error").get("reason").asText());
      client.frame(Double.NaN, frame);
      assertEquals("bad-request", client.next().get("error").get("reason").asText());
      client.frame(7, "no picture".getBytes(StandardCharsets.UTF_8));
      JsonNode unreadable = client.next();
      assertEquals(7, unreadable.get("stamp").asDouble());
      assertEquals("unreadable", unreadable.get("error").get("reason").asText());
      client.text("{\"record\": \"stop\"}");
      assertEquals("conflict", client.next().get("error").get("reason").asText());
      client.frame(8, frame);
      assertTrue(client.next().get("persons").size() > 0);
    }
  }

  @Test
  void aRecordingGivesEveryFormat() throws Exception {
    String id;
    try (SocketClient client = SocketClient.open(server, "")) {
      assertTrue(client.next().has("hello"));
      client.text("{\"record\": \"start\"}");
      id = client.next().get("recording").get("id").asText();
      for (int i = 0; i < 5; i++) {
        client.frame(40 * i, frame);
        assertTrue(client.next().get("persons").size() > 0);
      }
      client.text("{\"record\": \"stop\"}");
      JsonNode recorded = client.next().get("recording");
      assertEquals(id, recorded.get("id").asText());
      assertEquals(5, recorded.get("frames").asInt());
    }
    assertEquals(32, id.length());
    String lines = new String(file(id, "jsonl").body(), StandardCharsets.UTF_8);
    assertEquals(6, lines.lines().count());
    assertEquals(
        25,
        JSON.readTree(lines.lines().findFirst().orElseThrow()).get("frame_rate").asDouble(),
        0.01);
    for (String format : List.of("csv", "trc", "c3d", "glb", "bvh", "viewer")) {
      HttpResponse<byte[]> file = file(id, format);
      assertEquals(
          200, file.statusCode(), () -> format + new String(file.body(), StandardCharsets.UTF_8));
      assertTrue(file.body().length > 200, format);
      assertTrue(
          file.headers().firstValue("Content-Disposition").orElse("").startsWith("attachment"));
    }
    assertEquals(404, file(id, "exe").statusCode());
    assertEquals(404, file("0".repeat(32), "csv").statusCode());
  }

  @Test
  void aRecordingThatIsFullEndsAndSaysSo() throws Exception {
    try (SocketClient client = SocketClient.open(server, "")) {
      assertTrue(client.next().has("hello"));
      client.text("{\"record\": \"start\"}");
      assertTrue(client.next().has("recording"));
      for (int i = 0; i < 5; i++) {
        client.frame(40 * i, frame);
        assertTrue(client.next().has("persons"));
      }
      client.frame(200, frame);
      JsonNode first = client.next();
      JsonNode second = client.next();
      JsonNode ended = (first.has("recording") ? first : second).get("recording");
      assertEquals("off", ended.get("state").asText());
      assertEquals(5, ended.get("frames").asInt());
      assertTrue(ended.get("why").asText().contains("at most 5 frames"), ended::toString);
      assertTrue((first.has("recording") ? second : first).has("persons"));
    }
  }

  private static HttpResponse<byte[]> file(String id, String format) throws Exception {
    return get(RECORDINGS + id + "/files/" + format);
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void aClientHasSoManyStreamsAndGetsItsPlaceBack() throws Exception {
    try (SocketClient first = SocketClient.open(server, "");
        SocketClient second = SocketClient.open(server, "")) {
      assertTrue(first.next().has("hello"));
      assertTrue(second.next().has("hello"));
      assertThrows(CompletionException.class, () -> SocketClient.open(server, ""));
      assertEquals(429, get("v1/stream").statusCode());
    }
    int status;
    do {
      status = get("v1/stream").statusCode();
    } while (status == 429);
    assertEquals(426, status);
    assertEquals(400, get("v1/stream?det_every=0").statusCode());
    assertEquals(404, get("v1/stream?model=nobody").statusCode());
    assertThrows(CompletionException.class, () -> SocketClient.open(server, "?what=else"));
  }

  @Test
  void noMessageDoesHarm() throws Exception {
    Random random = new Random(1);
    SocketClient client = SocketClient.open(server, "");
    try {
      for (int i = 0; i < FUZZ; i++) {
        if (client.isClosed()) {
          client.close();
          client = reopened();
        }
        try {
          send(client, random);
        } catch (CompletionException e) {
          // Whose message is no text is sent away.
        }
      }
    } finally {
      client.close();
    }
    try (SocketClient after = reopened()) {
      assertTrue(after.next().has("hello"));
      after.frame(1, frame);
      JsonNode answer = after.next();
      assertTrue(answer.has("persons") && answer.get("persons").size() > 0, answer::toString);
    }
  }

  private static SocketClient reopened() throws Exception {
    while (get("v1/stream").statusCode() == 429) {
      Thread.onSpinWait();
    }
    return SocketClient.open(server, "");
  }

  private static void send(SocketClient client, Random random) {
    byte[] picture = frame.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        byte[] noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        client.binary(ByteBuffer.wrap(noise));
      }
      case 1 -> {
        for (int i = 0; i < 20; i++) {
          picture[random.nextInt(picture.length)] = (byte) random.nextInt();
        }
        client.frame(random.nextDouble(), picture);
      }
      case 2 ->
          client.frame(
              Double.longBitsToDouble(random.nextLong()),
              Arrays.copyOf(picture, random.nextInt(picture.length)));
      case 3 -> client.text(mutated("{\"set\": {\"bbox_thr\": 0.5, \"smooth\": true}}", random));
      default -> client.text(mutated("{\"record\": \"start\"}", random));
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(out.length());
      switch (random.nextInt(3)) {
        case 0 -> out.setCharAt(at, (char) random.nextInt(0xd800));
        case 1 -> out.deleteCharAt(at);
        default -> out.insert(at, "[{\"".charAt(random.nextInt(3)));
      }
    }
    return out.toString();
  }
}
