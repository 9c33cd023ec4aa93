package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos from a server of this machine. */
class NetworkVideoTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path dir = Path.of("");

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** A file as it is; after one below {@code /stalled/} nothing comes, and it does not end. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] content = files.get(path);
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    boolean stalls = path.startsWith("/stalled/");
    exchange.sendResponseHeaders(200, stalls ? 0 : content.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content);
      out.flush();
      if (stalls) {
        over.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private VideoReader open(String path, Duration patience) throws IOException {
    String address = "http://localhost:" + server.getAddress().getPort() + path;
    return VideoReader.open(VideoSource.of(address), VideoOptions.all().withPatience(patience));
  }

  private byte[] stream(int frames) throws IOException {
    double[] times = IntStream.range(0, frames).mapToDouble(i -> i / 25.0).toArray();
    return Files.readAllBytes(
        new Clip(dir.resolve("a.ts")).size(320, 240).codec("mpeg4").times(times).write());
  }

  @Test
  void readsAFileOfAServer() throws IOException {
    files.put("/clip.mp4", Files.readAllBytes(Sample.CLIP));
    try (VideoReader video = open("/clip.mp4?token=secret", LONG)) {
      assertTrue(video.info().name().endsWith("/clip.mp4"));
      assertEquals(240, video.frames().count());
      assertTrue(!video.info().live());
    }
  }

  @Test
  void aMissingFileIsOneLine() {
    VideoException e = assertThrows(VideoException.class, () -> open("/none.mp4", LONG));
    assertTrue(String.valueOf(e.getMessage()).contains("404"), e.getMessage());
  }

  @Test
  void aSilentServerIsGivenUp() {
    files.put("/stalled/nothing.ts", new byte[0]);
    assertTimeoutPreemptively(
        LONG,
        () -> {
          VideoException e =
              assertThrows(
                  VideoException.class, () -> open("/stalled/nothing.ts", Duration.ofSeconds(1)));
          assertTrue(String.valueOf(e.getMessage()).contains("no answer in 1 s"), e.getMessage());
        });
  }

  @Test
  void aStreamThatFallsSilentEnds() throws IOException {
    files.put("/stalled/live.ts", stream(500));
    assertTimeoutPreemptively(
        LONG,
        () -> {
          try (VideoReader video = open("/stalled/live.ts", Duration.ofSeconds(1))) {
            assertTrue(video.info().live());
            assertTrue(video.frames().count() > 400);
            assertEquals(List.of("nothing came for 1 s"), video.problems());
          }
        });
  }

  @Test
  void closingEndsACallThatWaits() throws Exception {
    files.put("/stalled/live.ts", stream(500));
    assertTimeoutPreemptively(
        LONG,
        () -> {
          VideoReader video = open("/stalled/live.ts", Duration.ofMinutes(10));
          CountDownLatch begun = new CountDownLatch(400);
          Thread reading =
              new Thread(() -> video.frames().forEach(frame -> begun.countDown()), "reading");
          reading.start();
          begun.await();
          video.close();
          reading.join();
        });
  }

  @Test
  void aListOfAServerOpensNoFile() throws IOException {
    Path clip = Files.write(dir.resolve("local.ts"), stream(50));
    for (String target : new String[] {clip.toUri().toString(), "concat:" + clip, "" + clip}) {
      String list =
          "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + target + "\n#EXT-X-ENDLIST\n";
      files.put("/list.m3u8", list.getBytes(StandardCharsets.UTF_8));
      assertThrows(VideoException.class, () -> open("/list.m3u8", LONG).close(), target);
    }
  }

  @Test
  void aListOfAServerOpensItsOtherFiles() throws IOException {
    files.put("/part.ts", stream(50));
    String list = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\npart.ts\n#EXT-X-ENDLIST\n";
    files.put("/list.m3u8", list.getBytes(StandardCharsets.UTF_8));
    try (VideoReader video = open("/list.m3u8", LONG)) {
      assertEquals(50, video.frames().count());
    }
  }
}
