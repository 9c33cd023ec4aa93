package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.LiveWatcher.Event;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cameras at the server, with the embedded models: one on the network, and a file. */
final class LiveTest {
  private static final String TOKEN = "a-token-of-a-test";
  private static final String DOOR = "/v1/live?camera=door&token=" + TOKEN;
  private static final int MOST = 4;

  private static MjpegPlayer player;
  private static PoseServer server;
  private static Asking asking;

  @BeforeAll
  static void start() throws IOException {
    player = new MjpegPlayer();
    Map<String, VideoSource> cameras = new LinkedHashMap<>();
    cameras.put("door", new VideoSource.Address(player.address()));
    cameras.put("clip", new VideoSource.File(Path.of("../samples/clip_01.mp4")));
    ServerOptions options = ServerOptions.DEFAULT.at("127.0.0.1", 0);
    server =
        PoseServer.start(
            options
                .withTokens(Set.of(TOKEN))
                .withCameras(cameras)
                .withLimits(options.limits().with("watchers-per-client", "" + MOST)));
    asking = new Asking(server.address());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    player.close();
  }

  private static LiveWatcher watch(String path) throws Exception {
    return new LiveWatcher(asking.request(path));
  }

  private static Answer get(String path) throws Exception {
    return asking.get(path, "Authorization", "Bearer " + TOKEN);
  }

  private static JsonNode camera(String name) throws Exception {
    for (JsonNode camera : get("/v1/cameras").json()) {
      if (camera.get("name").asText().equals(name)) {
        return camera;
      }
    }
    throw new IllegalStateException(name);
  }

  private static double metric(String start) throws Exception {
    return get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void awaitNobody(String camera) throws Exception {
    while (!camera(camera).get("state").asText().equals("idle")) {
      Thread.sleep(20);
    }
  }

  @Test
  void allWatchersSeeTheSamePeopleThroughOneReaderAndNobodyComputesForNobody() throws Exception {
    awaitNobody("door");
    int before = player.opened();
    Map<Long, JsonNode> persons = new HashMap<>();
    int shared = 0;
    try (LiveWatcher first = watch(DOOR);
        LiveWatcher second = watch(DOOR)) {
      Event hello = first.next();
      assertEquals("hello", hello.name());
      assertEquals("door", hello.data().get("name").asText());
      assertEquals(480, hello.data().get("width").asInt());
      assertTrue(hello.data().get("keypoint_names").size() > 17);
      Event found = first.next(e -> e.isPoses() && e.data().get("persons").size() > 0);
      assertTrue(found.data().get("persons").get(0).get("id").asInt() > 0);
      assertTrue(found.data().get("camera").get("fx").asDouble() > 0);
      while (shared < 3) {
        JsonNode one = first.poses().data();
        JsonNode two = second.poses().data();
        persons.put(one.get("frame").asLong(), one.get("persons"));
        JsonNode same = persons.get(two.get("frame").asLong());
        if (same != null) {
          assertEquals(same, two.get("persons"));
          shared++;
        }
      }
      assertEquals(1, player.opened() - before);
      assertEquals(2, camera("door").get("watchers").asInt());
      assertEquals(2, metric("rtm_watchers "));
    }
    awaitNobody("door");
    assertEquals(0, metric("rtm_watchers "));
    double read = metric("rtm_camera_frames_total{camera=\"door\",result=\"read\"}");
    assertTrue(read > 3);
    while (player.open() > 0) {
      Thread.sleep(10);
    }
    assertEquals(read, metric("rtm_camera_frames_total{camera=\"door\",result=\"read\"}"));
  }

  @Test
  void aCameraThatGoesAwayIsToldTriedAgainAndGoesOn() throws Exception {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler = handler(logged);
    Logger logger = Logger.getLogger("io.github.rtmjava.server.camera.CameraFeed");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    String heard;
    try (LiveWatcher watcher = watch(DOOR)) {
      long frame = watcher.poses().data().get("frame").asLong();
      player.unplug();
      Event lost = watcher.next(e -> e.isState("lost"));
      assertTrue(lost.data().get("again_s").asDouble() >= 0.5, lost::toString);
      Event later = watcher.next(e -> e.isState("lost"));
      assertTrue(
          later.data().get("again_s").asDouble() > lost.data().get("again_s").asDouble(),
          later::toString);
      player.plug();
      assertTrue(watcher.next(e -> !e.isState("lost")).isState("reading"));
      assertTrue(watcher.poses().data().get("frame").asLong() > frame);
      heard = watcher.heard();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertTrue(metric("rtm_camera_reconnects_total{camera=\"door\"}") >= 2);
    assertEquals(1, logged.size(), logged::toString);
    assertTrue(logged.get(0).contains("door"), logged::toString);
    for (String told :
        List.of(heard, logged.get(0), get("/v1/cameras").text(), get("/metrics").text())) {
      for (String secret : List.of(MjpegPlayer.PASSWORD, "s3cret", "127.0.0.1", "door.mjpg")) {
        assertFalse(told.contains(secret), told);
      }
    }
  }

  private static Handler handler(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        logged.add(record.getMessage() + record.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void picturesAreDrawnOrPlainOfAnySizeAndInStepWithTheirPeople() throws Exception {
    String clip = "/v1/live?camera=clip&frames=1&token=" + TOKEN;
    Image plain = picture(get(clip + "&form=mjpeg&drawn=false&size=320").body());
    assertEquals(240, plain.width());
    assertEquals(320, plain.height());
    byte[] mixed = get(clip + "&form=mixed").body();
    assertEquals(480, picture(mixed).width());
    String text = new String(mixed, StandardCharsets.ISO_8859_1);
    assertTrue(text.indexOf("\"hello\"") < text.indexOf("\"persons\""));
    assertTrue(text.indexOf("\"persons\"") < text.indexOf("image/jpeg"));
    byte[] drawn;
    int tries = 0;
    do {
      drawn = get(clip + "&form=mjpeg").body();
    } while (!hasColour(picture(drawn)) && tries++ < 20);
    assertTrue(hasColour(picture(drawn)), "skeletons have pure colours");
    assertEquals(400, get(clip + "&size=1000000").status());
    assertEquals(400, get(clip + "&form=avi").status());
    assertEquals(404, get("/v1/live?camera=nobody").status());
  }

  /** The last JPEG in it. */
  private static Image picture(byte[] parts) throws IOException {
    String text = new String(parts, StandardCharsets.ISO_8859_1);
    int from = text.lastIndexOf("\u00ff\u00d8\u00ff");
    return Images.decode(Arrays.copyOfRange(parts, from, parts.length), "part");
  }

  private static boolean hasColour(Image image) {
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = image.rgb(x, y);
        int green = (rgb >> 8) & 0xff;
        if (green > 220 && (rgb >> 16) < 60 && (rgb & 0xff) < 60) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void whoIsSlowHoldsNobodyUpAndWhoIsOneTooManyIsRefused() throws Exception {
    awaitNobody("door");
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        LiveWatcher other = watch(DOOR);
        LiveWatcher third = watch(DOOR);
        LiveWatcher fourth = watch(DOOR)) {
      OutputStream out = slow.getOutputStream();
      out.write(
          "GET %s&form=mjpeg&drawn=false HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(DOOR)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      while (camera("door").get("watchers").asInt() < MOST) {
        Thread.sleep(10);
      }
      long first = other.poses().data().get("frame").asLong();
      other.next(e -> e.isPoses() && e.data().get("frame").asLong() > first + 20);
      Answer refused = get(DOOR);
      assertEquals(429, refused.status(), refused::text);
      assertTrue(refused.text().contains("watchers"), refused::text);
      assertEquals(List.of(200, 200), List.of(third.status(), fourth.status()));
    }
    while (metric("rtm_watchers ") > 0) {
      Thread.sleep(10);
    }
    assertEquals(200, get(DOOR + "&frames=1").status());
  }

  @Test
  void whoHasNoTokenOrComesFromAnotherPageSeesNothing() throws Exception {
    assertEquals(401, asking.get("/v1/live").status());
    assertEquals(401, asking.get("/v1/cameras").status());
    assertEquals(
        403, asking.get(DOOR, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Dest", "image").status());
    assertEquals(403, asking.get(DOOR, "Origin", "https://evil.example").status());
  }

  @Test
  void aRecordingIsKeptWhileSomebodyWatches() throws Exception {
    awaitNobody("clip");
    assertEquals(409, post("/v1/cameras/clip/recordings").status());
    JsonNode on;
    try (LiveWatcher watcher = watch("/v1/live?camera=clip&token=" + TOKEN)) {
      watcher.poses();
      on = post("/v1/cameras/clip/recordings").json().get("recording");
      assertEquals("on", on.get("state").asText());
      for (int i = 0; i < 4; i++) {
        watcher.poses();
      }
      JsonNode off = post("/v1/recordings/" + on.get("id").asText() + "/end").json();
      assertEquals("off", off.at("/recording/state").asText());
      assertTrue(off.at("/recording/frames").asInt() >= 3, off::toString);
      String lines = get("/v1/recordings/" + on.get("id").asText() + "/files/jsonl").text();
      assertEquals(off.at("/recording/frames").asInt() + 1, lines.lines().count());
      on = post("/v1/cameras/clip/recordings").json().get("recording");
      watcher.poses();
    }
    awaitNobody("clip");
    JsonNode off = post("/v1/recordings/" + on.get("id").asText() + "/end").json();
    assertTrue(off.at("/recording/why").asText().startsWith("nobody watches"), off::toString);
  }

  private static Answer post(String path) throws Exception {
    return Asking.send(
        asking.request(path, "Authorization", "Bearer " + TOKEN).POST(BodyPublishers.noBody()));
  }

  @Test
  void anEndingServiceEndsItsWatchersAsTheyShould() throws Exception {
    ServerOptions options =
        ServerOptions.DEFAULT
            .at("127.0.0.1", 0)
            .withCameras(Map.of("door", new VideoSource.Address(player.address())));
    PoseServer ending = PoseServer.start(options);
    try (LiveWatcher watcher = new LiveWatcher(new Asking(ending.address()).request("/v1/live"))) {
      watcher.poses();
      FutureTask<Boolean> drain = new FutureTask<>(ending::drain);
      new Thread(drain, "drain").start();
      watcher.next(e -> e.isState("ended"));
      assertNull(watcher.next());
      assertTrue(drain.get());
    } finally {
      ending.close();
    }
  }

  @Test
  void aServiceWhoseCameraIsNotThereDoesNotStartAndSaysSo() {
    String nowhere = "http://user:" + MjpegPlayer.PASSWORD + "@127.0.0.1:9/door.mjpg";
    ServerOptions options =
        ServerOptions.DEFAULT
            .at("127.0.0.1", 0)
            .withCameras(Map.of("door", new VideoSource.Address(URI.create(nowhere))));
    IOException e = assertThrows(IOException.class, () -> PoseServer.start(options));
    assertEquals(
        "expected pictures of the camera 'door' (--camera), found that the address cannot be read"
            + " (Connection refused); check that it is connected and switched on, and its address,"
            + " user and password",
        e.getMessage());
    assertFalse(options.toString().contains(MjpegPlayer.PASSWORD));
  }
}
