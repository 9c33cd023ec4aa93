package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
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
