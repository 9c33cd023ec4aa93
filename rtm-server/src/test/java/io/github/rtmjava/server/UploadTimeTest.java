package io.github.rtmjava.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that do not come, or not in time: long before the connection would count as idle. */
final class UploadTimeTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int PIECE_MILLIS = 20;
  private static final String FORM = "multipart/form-data; boundary=" + "a-boundary";

  private static PoseServer server;

  @BeforeAll
  static void start() throws IOException {
    ServerOptions options = ServerOptions.DEFAULT.at("127.0.0.1", 0);
    server = PoseServer.start(options.withLimits(options.limits().with("upload-time", "300ms")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/poses|image/png",
        "/v1/poses|" + FORM,
        "/v1/jobs|video/mp4",
        "/v2/models/default/infer|application/json"
      })
  void isToldSo(String path, String type) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(3);
    try {
      List<Future<String>> answers = new ArrayList<>();
      answers.add(clients.submit(() -> answer(path, type, "", 0)));
      answers.add(clients.submit(() -> answer(path, type, "--a-boundary\r\n".repeat(200), 0)));
      answers.add(clients.submit(() -> answer(path, type, "--a-boundary\r\n", 1000)));
      for (Future<String> each : answers) {
        String answer = each.get();
        assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
        assertTrue(answer.contains("expected the body within"), answer);
      }
    } finally {
      clients.shutdownNow();
    }
    String metrics = new Asking(server.address()).get("/metrics").text();
    assertTrue(metrics.contains("rtm_queue_pictures 0.0"), metrics);
    assertTrue(metrics.contains("rtm_queue_bytes 0.0"), metrics);
  }

  /**
   * What is said to somebody who never sends all of a body.
   *
   * @param begin sent at once
   * @param pieces of one byte each that follow
   */
  private static String answer(String path, String type, String begin, int pieces)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      String head =
          String.join(
              "\r\n",
              "POST %s HTTP/1.1".formatted(path),
              "Host: localhost",
              "Content-Type: " + type,
              "Content-Length: 100000",
              "",
              "");
      out.write((head + begin).getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      for (int i = 0; i < pieces && in.available() == 0; i++) {
        out.write('-');
        Thread.sleep(PIECE_MILLIS);
      }
      return new String(in.readAllBytes(), US_ASCII);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
