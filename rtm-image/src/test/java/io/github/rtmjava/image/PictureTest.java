package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.web.Redirects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PictureTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "99999999999999999999", "-5"})
  void anAnswerOfNoLengthIsTold(String length) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answer(server, length));
      thread.setDaemon(true);
      thread.start();
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/a.png");
      ImageException e = assertThrows(ImageException.class, () -> Picture.of(address).read());
      assertTrue(e.getMessage().contains("expected a picture"), e.getMessage());
      assertFalse(e.getMessage().contains("input string"), e.getMessage());
    }
  }

  private static void answer(ServerSocket server, String length) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4000]);
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nhello";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final byte[] BGR = {1, 2, 3, 4, 5, 6};
  private static final Image IMAGE = Image.ofBgr(2, 1, BGR);

  @TempDir Path dir;

  @Test
  void aStreamOfBytesIsRead() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file()));
    assertArrayEquals(BGR, Picture.of("camera 1", in).read().bgr());
  }

  @Test
  void redComesFirstWhereTheCallerSaysSo() {
    assertArrayEquals(BGR, Image.ofRgb(2, 1, new byte[] {3, 2, 1, 6, 5, 4}).bgr());
  }

  @Test
  void matricesOfOpenCvAreCopied() {
    try (Mat mat = MatPictures.toMat(IMAGE)) {
      assertArrayEquals(BGR, MatPictures.copyOf(mat).bgr());
    }
  }

  @Test
  void anEmptyMatrixIsNoPicture() {
    try (Mat mat = new Mat()) {
      assertThrows(IllegalArgumentException.class, () -> MatPictures.copyOf(mat));
    }
  }

  @Test
  void aPictureIsFetchedFromTheWeb() throws IOException {
    byte[] data = Files.readAllBytes(file());
    HttpServer server = server(200, data);
    try {
      Picture picture = Picture.of(address(server, "/some/a.png?token=secret"));
      assertTrue(picture.name().endsWith("/some/a.png"), picture.name());
      assertEquals("a.png", picture.fileName());
      assertArrayEquals(BGR, picture.read().bgr());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void redirectsOfAHostThatWasNamedAreFollowed() throws IOException {
    byte[] data = Files.readAllBytes(file());
    HttpServer server = server(200, data);
    try {
      server.createContext(
          "/old",
          exchange -> {
            exchange.getResponseHeaders().add("Location", "/new/a.png");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
          });
      assertArrayEquals(BGR, Picture.of(address(server, "/old")).read().bgr());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aBodyWithoutEndIsGivenUp() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    HttpServer server = server(200, new byte[0]);
    try {
      server.createContext(
          "/slow",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(Samples.file("png"), 0, 50);
            exchange.getResponseBody().flush();
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      WebPicture picture = new WebPicture(address(server, "/slow"), Redirects.PUBLIC);
      ImageException e =
          assertThrows(ImageException.class, () -> picture.read(Duration.ofSeconds(1)));
      assertEquals(
          picture.name() + ": expected a picture, found that it does not end within 1 s",
          e.getMessage());
    } finally {
      over.countDown();
      server.stop(0);
    }
  }

  @Test
  void aStreamWithoutEndIsCutOff() {
    InputStream zeros =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] to, int from, int length) {
            return length;
          }
        };
    ImageException e = assertThrows(ImageException.class, () -> Picture.of("zeros", zeros).read());
    assertTrue(String.valueOf(e.getMessage()).contains("MiB, found more"), e.getMessage());
  }

  @Test
  void devicesAndSilentPipesAreNoPictures() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/dev/zero")) && Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    ImageException e = assertThrows(ImageException.class, () -> Images.read(Path.of("/dev/zero")));
    assertEquals("/dev/zero: expected a picture, found a device", e.getMessage());
    Path pipe = dir.resolve("pipe");
    assertEquals(0, new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor());
    assertThrows(ImageException.class, () -> PictureBytes.of(pipe, Duration.ofMillis(200)));
  }

  @Test
  void aPictureThatIsNotThereIsSaidInOneLine() throws IOException {
    HttpServer server = server(404, new byte[0]);
    try {
      Picture picture = Picture.of(address(server, "/a.png"));
      ImageException e = assertThrows(ImageException.class, picture::read);
      assertEquals(picture.name() + ": expected a picture, found HTTP status 404", e.getMessage());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void onlyTheWebIsAskedForAddresses() {
    assertThrows(
        IllegalArgumentException.class, () -> Picture.of(URI.create("file:///etc/passwd")));
    assertEquals(1, PictureSearch.of(List.of("https://")).problems().size());
  }

  private Path file() throws IOException {
    Path file = dir.resolve("a.png");
    Images.write(IMAGE, file);
    return file;
  }

  private static URI address(HttpServer server, String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private static HttpServer server(int status, byte[] body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }
}
