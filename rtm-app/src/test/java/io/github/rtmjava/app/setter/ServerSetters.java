package io.github.rtmjava.app.setter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.AddressPattern;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.config.Tls;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/** What a service is started with. */
final class ServerSetters {
  private static final String MODELS = "GET /v1/models HTTP/1.1\r\n";
  private static final ServerOptions PLAIN =
      ServerOptions.DEFAULT
          .at("127.0.0.1", 0)
          .withModels(
              Map.of(
                  "fake",
                  PoseConfig.of("fake-pose")
                      .withDetector("fake-detector")
                      .withEngine("fake", EngineOptions.DEFAULT)));

  private ServerSetters() {}

  static void add(Setters setters, Path folder) {
    set(
        setters,
        "at(String,int)",
        () -> {
          try (PoseServer server = PoseServer.start(PLAIN.at("localhost", 0))) {
            assertEquals("localhost", server.address().getHost());
          }
        });
    set(
        setters,
        "withModels(Map)",
        () -> {
          assertTrue(ask(PLAIN, MODELS).contains("\"fake\""));
          PoseConfig config = PLAIN.models().get("fake");
          assertTrue(ask(PLAIN.withModels(Map.of("other", config)), MODELS).contains("\"other\""));
        });
    set(
        setters,
        "withTokens(Set)",
        () -> status(401, PLAIN.withTokens(Set.of("a-token-of-a-test")), MODELS));
    set(
        setters,
        "withoutToken(boolean)",
        () -> {
          ServerOptions open = PLAIN.at("0.0.0.0", 0);
          assertThrows(IllegalArgumentException.class, open::requireSafe);
          open.withoutToken(true).requireSafe();
        });
    set(
        setters,
        "withNames(List)",
        () -> named(PLAIN.withNames(List.of("poses.example")), "Host: poses.example\r\n", 421));
    set(
        setters,
        "withOrigins(List)",
        () ->
            named(
                PLAIN.withOrigins(List.of("https://a.example")),
                "Host: localhost\r\nOrigin: https://a.example\r\n",
                403));
    set(
        setters,
        "withTls(Tls)",
        () -> {
          try (PoseServer server = PoseServer.start(PLAIN.withTls(new Tls.SelfSigned(List.of())))) {
            assertEquals("https", server.address().getScheme());
          }
        });
    set(
        setters,
        "withLimits(ServerLimits)",
        () ->
            status(
                413,
                PLAIN.withLimits(PLAIN.limits().with("upload-bytes", "1")),
                "POST /v1/poses HTTP/1.1\r\nContent-Length: 2\r\n"));
    set(
        setters,
        "withJobs(Path)",
        () -> {
          Path jobs = folder.resolve("jobs");
          PoseServer.start(PLAIN.withJobs(jobs)).close();
          assertTrue(Files.isDirectory(jobs));
        });
    String fetch = "POST /v1/jobs?url=http://127.0.0.1:9/a.mp4 HTTP/1.1\r\nContent-Length: 0\r\n";
    set(
        setters,
        "withUrls(List)",
        () -> {
          status(400, PLAIN, fetch);
          status(202, PLAIN.withUrls(List.of(AddressPattern.of("http://127.0.0.1:9/*"))), fetch);
        });
    set(
        setters,
        "withCameras(Map)",
        () -> {
          String cameras = "GET /v1/cameras HTTP/1.1\r\n";
          VideoSource clip = new VideoSource.File(Path.of("..", "samples", "clip_01.mp4"));
          assertTrue(ask(PLAIN, cameras).endsWith("[]\n"));
          assertTrue(
              ask(PLAIN.withCameras(Map.of("door", clip)), cameras).contains("\"name\":\"door\""));
        });
    set(
        setters,
        "withCameraModels(Map)",
        () -> {
          PoseConfig config = PLAIN.models().get("fake");
          VideoSource clip = new VideoSource.File(Path.of("..", "samples", "clip_01.mp4"));
          ServerOptions watched =
              PLAIN
                  .withModels(new TreeMap<>(Map.of("a", config, "b", config)))
                  .withCameras(Map.of("door", clip));
          String live = "GET /v1/live?frames=1 HTTP/1.1\r\n";
          assertTrue(ask(watched, live).contains("\"model\":\"a\""));
          assertTrue(
              ask(watched.withCameraModels(Map.of("door", "b")), live).contains("\"model\":\"b\""));
          assertThrows(
              IllegalArgumentException.class, () -> PLAIN.withCameraModels(Map.of("door", "fake")));
        });
  }

  private static void set(Setters setters, String method, Executable effect) {
    setters.add(ServerOptions.class, method, effect);
  }

  private static void named(ServerOptions options, String headers, int without) throws IOException {
    assertEquals(without, status(send(PLAIN, MODELS + headers)));
    assertEquals(200, status(send(options, MODELS + headers)));
  }

  private static void status(int expected, ServerOptions options, String request)
      throws IOException {
    assertEquals(expected, status(ask(options, request)));
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static String ask(ServerOptions options, String request) throws IOException {
    return send(options, request + "Host: localhost\r\n");
  }

  private static String send(ServerOptions options, String request) throws IOException {
    try (PoseServer server = PoseServer.start(options);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
