package io.github.rtmjava.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] FILE = new byte[200_000];

  private final WebClient client = new WebClient(PATIENCE);
  private HttpServer server;

  static {
    for (int i = 0; i < FILE.length; i++) {
      FILE[i] = (byte) (i * 31);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/file",
        exchange -> {
          exchange.sendResponseHeaders(200, FILE.length);
          exchange.getResponseBody().write(FILE);
          exchange.close();
        });
    redirect("/old", "/older");
    redirect("/older", "/file");
    redirect("/round", "/round");
    redirect("/away", "http://127.0.0.2:9/file");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void redirect(String from, String to) {
    server.createContext(
        from,
        exchange -> {
          exchange.getResponseHeaders().add("Location", to);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private WebAnswer get(String path) throws IOException {
    return client.get(address(path), Map.of(), PATIENCE, Redirects.PUBLIC);
  }

  @Test
  void aFileComesWholeWhereverItHasMoved() throws IOException {
    try (WebAnswer answer = get("/old")) {
      assertEquals(200, answer.status());
      assertEquals(FILE.length, answer.length());
      assertArrayEquals(FILE, answer.body().read(FILE.length + 1, PATIENCE));
    }
    assertEquals(address("/file"), client.resolve(address("/old"), PATIENCE, Redirects.PUBLIC));
  }

  @Test
  void noMoreIsReadThanIsAskedFor() throws IOException {
    try (WebAnswer answer = get("/file")) {
      assertArrayEquals(Arrays.copyOf(FILE, 70_001), answer.body().read(70_001, PATIENCE));
    }
  }

  @Test
  void redirectsThatLeadAstrayOrRoundAreNotFollowed() {
    assertThrows(RedirectException.class, () -> get("/away"));
    assertThrows(
        RedirectException.class,
        () -> client.resolve(address("/away"), PATIENCE, Redirects.PUBLIC));
    RedirectException e = assertThrows(RedirectException.class, () -> get("/round"));
    assertEquals("more than 8 redirects", e.getMessage());
  }

  @Test
  void whatCannotBeReachedIsSaidInAFewWords() throws IOException {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://localhost:" + closed.getLocalPort() + "/");
    }
    WebException e =
        assertThrows(
            WebException.class, () -> client.get(nobody, Map.of(), PATIENCE, Redirects.PUBLIC));
    assertTrue(String.valueOf(e.getMessage()).startsWith("no connection"), e.getMessage());
    assertTrue(e.isTemporary());
    assertEquals(nobody, client.resolve(nobody, PATIENCE, Redirects.PUBLIC));
  }

  @Test
  void aBodyThatStopsIsGivenUp() {
    server.createContext(
        "/stops",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(FILE, 0, 50);
          exchange.getResponseBody().flush();
        });
    WebException e =
        assertThrows(
            WebException.class,
            () -> {
              try (WebAnswer answer = get("/stops")) {
                answer.body().read(FILE.length, Duration.ofMillis(300));
              }
            });
    assertEquals("nothing more came in time", e.getMessage());
  }

  @Test
  void whoIsInterruptedStaysSo() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> get("/file"));
    assertTrue(Thread.interrupted());
    assertFalse(Thread.interrupted());
  }
}
