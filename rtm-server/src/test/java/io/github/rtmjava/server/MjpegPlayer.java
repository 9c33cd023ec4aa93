package io.github.rtmjava.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera on this machine that plays a clip as MJPEG, to whoever has its password. */
final class MjpegPlayer implements AutoCloseable {
  static final String PASSWORD = "pa55word";
  private static final String KEY =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("user:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final int FRAMES = 30;
  private static final long STEP_MILLIS = 40;

  private final List<byte[]> frames;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private HttpServer server;
  private volatile boolean on;

  MjpegPlayer() throws IOException {
    frames = frames();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve();
  }

  private static List<byte[]> frames() throws IOException {
    try (VideoReader video =
        VideoReader.open(
            new VideoSource.File(Path.of("../samples/clip_01.mp4")),
            VideoOptions.all().withMaxFrames(FRAMES))) {
      return video.frames().map(frame -> jpeg(frame.image())).toList();
    }
  }

  private static byte[] jpeg(Image image) {
    try {
      return Images.jpeg(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    on = true;
    server.setExecutor(threads);
    server.createContext("/", this::play);
    server.start();
  }

  private void play(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!KEY.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"camera\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Type", "multipart/x-mixed-replace; boundary=frame");
      exchange.sendResponseHeaders(200, 0);
      opened.incrementAndGet();
      open.incrementAndGet();
      play(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void play(OutputStream out) throws IOException, InterruptedException {
    try {
      for (int i = 0; on; i++) {
        byte[] frame = frames.get(i % frames.size());
        String head =
            "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %s\r\n\r\n"
                .formatted(frame.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(frame);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Thread.sleep(STEP_MILLIS);
      }
    } finally {
      open.decrementAndGet();
    }
  }

  /** Its address with user, password and a secret in its query. */
  URI address() {
    return URI.create(
        "http://user:%s@127.0.0.1:%s/door.mjpg?key=s3cret"
            .formatted(PASSWORD, server.getAddress().getPort()));
  }

  /** How often somebody with the password began to look. */
  int opened() {
    return opened.get();
  }

  /** How many look now. */
  int open() {
    return open.get();
  }

  /** Pulls the plug. */
  void unplug() {
    on = false;
    server.stop(0);
  }

  /** Is there again, at the same address. */
  void plug() throws IOException {
    server = HttpServer.create(server.getAddress(), 0);
    serve();
  }

  @Override
  public void close() {
    unplug();
    threads.shutdownNow();
  }
}
