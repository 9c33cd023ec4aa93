package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who may ask, what is refused, and how it ends. */
final class PoseServerTest {
  private static final Path SCENE = Path.of("../samples/scene_05.png");
  private static final String TOKEN = "a-token-of-a-test";
  private static final ServerOptions OPTIONS = ServerOptions.DEFAULT.at("127.0.0.1", 0);

  @Test
  void strangersAreKeptOut() throws Exception {
    try (PoseServer server =
        PoseServer.start(
            OPTIONS
                .withTokens(Set.of(TOKEN, "another-token-here"))
                .withOrigins(List.of("https://friend.example")))) {
      Asking asking = new Asking(server.address());
      assertEquals(200, asking.get("/healthz").status());
      assertEquals(200, asking.get("/readyz").status());
      Answer without = asking.get("/v1/models");
      assertEquals(401, without.status());
      assertEquals("Bearer", without.header("www-authenticate"));
      assertEquals(401, asking.get("/metrics").status());
      assertEquals(
          401, asking.get("/v1/models", "Authorization", "Bearer " + TOKEN + "x").status());
      assertEquals(401, asking.get("/v1/models", "Authorization", "Basic " + TOKEN).status());
      String[] token = {"Authorization", "Bearer " + TOKEN};
      assertEquals(200, asking.get("/v1/models", token).status());
      assertEquals(200, asking.get("/v1/models?token=another-token-here").status());
      Answer other =
          asking.get(
              "/v1/models", "Authorization", "Bearer " + TOKEN, "Origin", "https://evil.example");
      assertEquals(403, other.status());
      assertEquals("", other.header("access-control-allow-origin"));
      Answer friend =
          asking.get(
              "/v1/models", "Authorization", "Bearer " + TOKEN, "Origin", "https://friend.example");
      assertEquals("https://friend.example", friend.header("access-control-allow-origin"));
      assertEquals(421, rebound(server, "evil.example"));
      assertEquals(421, rebound(server, "127.0.0.1.evil.example:8080"));
      assertEquals(401, rebound(server, "LOCALHOST:1"));
      Answer page = asking.get("/healthz");
      assertTrue(page.header("content-security-policy").startsWith("default-src 'none'"));
      assertFalse(page.header("content-security-policy").contains("unsafe"));
      assertEquals("nosniff", page.header("x-content-type-options"));
      assertEquals("", page.header("server"));
    }
  }

  /** The status of a request that means another host. */
  private static int rebound(PoseServer server, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      String request = "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @Test
  void nobodyIsLetInByAccident() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PoseServer.start(ServerOptions.DEFAULT.at("0.0.0.0", 0)).close());
    assertTrue(String.valueOf(e.getMessage()).contains("--token-file"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> ServerOptions.DEFAULT.withTokens(Set.of("short")));
    assertFalse(OPTIONS.withTokens(Set.of(TOKEN)).toString().contains(TOKEN));
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (PoseServer server = PoseServer.start(OPTIONS)) {
      int port = server.address().getPort();
      IOException e =
          assertThrows(IOException.class, () -> PoseServer.start(OPTIONS.at("127.0.0.1", port)));
      assertTrue(String.valueOf(e.getMessage()).contains("--port"), e.getMessage());
    }
  }

  @Test
  void whatWasAcceptedIsAnsweredBeforeItEnds() throws Exception {
    byte[] scene = Files.readAllBytes(SCENE);
    ExecutorService clients = Executors.newFixedThreadPool(12);
    try (PoseServer server = PoseServer.start(OPTIONS)) {
      Asking asking = new Asking(server.address());
      assertEquals(200, asking.post("/v1/poses", scene).status());
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Callable<Integer> one = () -> asking.post("/v1/poses", scene).status();
        answers.add(clients.submit(one));
      }
      while (!asking.get("/metrics").text().matches("(?s).*rtm_queue_pictures [1-9].*")) {
        Thread.onSpinWait();
      }
      assertTrue(server.drain());
      int answered = 0;
      for (Future<Integer> answer : answers) {
        int status = answer.get();
        assertTrue(status == 200 || status == 503, () -> "status " + status);
        answered += status == 200 ? 1 : 0;
      }
      assertTrue(answered > 0);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void anEndlessBodyIsGivenUp() throws Exception {
    ServerOptions tight = OPTIONS.withLimits(OPTIONS.limits().with("upload-bytes", "200k"));
    try (PoseServer server = PoseServer.start(tight)) {
      Asking asking = new Asking(server.address());
      Answer large = asking.post("/v1/poses", new byte[300_000]);
      assertEquals(413, large.status(), large::text);
      InputStream endless =
          new InputStream() {
            @Override
            public int read() {
              return 0;
            }
          };
      try {
        Answer chunked =
            Asking.send(
                asking.request("/v1/poses").POST(BodyPublishers.ofInputStream(() -> endless)));
        assertEquals(413, chunked.status(), chunked::text);
      } catch (IOException e) {
        // Who never stops sending may find the connection closed before the answer is read.
        assertEquals(200, asking.get("/readyz").status());
      }
      String metrics = asking.get("/metrics").text();
      assertTrue(metrics.contains("rtm_queue_pictures 0.0"), metrics);
      assertTrue(metrics.contains("rtm_queue_bytes 0.0"), metrics);
    }
  }

  @Test
  void aRefusedBodyThatNeverComesIsNotWaitedFor() throws Exception {
    ServerOptions tight = OPTIONS.withLimits(OPTIONS.limits().with("upload-bytes", "1"));
    try (PoseServer server = PoseServer.start(tight)) {
      for (int i = 0; i < 5; i++) {
        try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
          socket.setSoTimeout(20_000);
          String head = "POST /v1/poses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n";
          socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
          byte[] answer = socket.getInputStream().readAllBytes();
          assertEquals("HTTP/1.1 413", new String(answer, 0, 12, StandardCharsets.US_ASCII));
        }
      }
    }
  }

  @Test
  void whoeverIsRefusedDoesNotWait() throws Exception {
    byte[] scene = Files.readAllBytes(SCENE);
    try (PoseServer server = PoseServer.start(OPTIONS)) {
      Asking asking = new Asking(server.address());
      assertTimeout(
          Duration.ofSeconds(30),
          () -> {
            for (int i = 0; i < 40; i++) {
              assertEquals(404, asking.post("/v1/poses?model=none", scene).status());
            }
          });
    }
  }
}
