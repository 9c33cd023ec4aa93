package io.github.rtmjava.benchmarks.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Cameras that send {@value #RATE} frames a second each, whatever becomes of them. Times are in
 * microseconds, from the moment at which a frame was due to its poses.
 */
final class Streams {
  static final int RATE = 30;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);
  private static final double NANOS = 1e9;
  private static final Duration LAST = Duration.ofSeconds(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI socket;
  private final List<byte[]> pictures;

  /**
   * Streams to a server.
   *
   * @param address of it
   * @param pictures JPEG files, which each camera sees in turns
   */
  Streams(URI address, List<byte[]> pictures) {
    this.socket =
        URI.create("ws://%s:%s/v1/stream".formatted(address.getHost(), address.getPort()));
    this.pictures = pictures;
  }

  /**
   * What became of frames.
   *
   * @param seconds that they took
   * @param answered times of those with poses, of all streams
   * @param offered frames that were due
   * @param fewest answered frames of one stream
   * @param most answered frames of one stream
   * @param lost streams that broke off
   */
  record Outcome(
      double seconds, Histogram answered, long offered, long fewest, long most, int lost) {
    double rate() {
      return answered.getTotalCount() / seconds;
    }

    double millis(double percentile) {
      return answered.getValueAtPercentile(percentile) / 1e3;
    }

    double droppedShare() {
      return 1 - (double) answered.getTotalCount() / offered;
    }
  }

  /** So many streams at once. */
  Outcome run(int count, Duration time) throws IOException {
    Histogram answered = new ConcurrentHistogram(LONGEST_MICROS, 3);
    List<Camera> cameras = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cameras.add(new Camera(answered));
    }
    try {
      cameras.forEach(camera -> camera.socket = connect(camera));
      long start = System.nanoTime();
      long frames = RATE * time.toSeconds();
      for (long i = 0; i < frames * count; i++) {
        long due = start + Math.round(i * NANOS / (RATE * count));
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        cameras.get((int) (i % count)).send(due, pictures.get((int) (i / count) % pictures.size()));
      }
      double seconds = (System.nanoTime() - start) / NANOS;
      Thread.sleep(LAST.toMillis());
      return new Outcome(
          seconds,
          answered,
          frames * count,
          cameras.stream().mapToLong(c -> c.count.get()).min().orElse(0),
          cameras.stream().mapToLong(c -> c.count.get()).max().orElse(0),
          (int) cameras.stream().filter(c -> c.lost).count());
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      cameras.forEach(Camera::close);
    }
  }

  private WebSocket connect(Camera camera) {
    return client.newWebSocketBuilder().buildAsync(socket, camera).join();
  }

  /** One stream. A frame that is due while the one before is still being sent is not sent. */
  private static final class Camera implements WebSocket.Listener {
    private final Histogram answered;
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(true);
    private final AtomicLong count = new AtomicLong();
    private volatile boolean lost;
    private @Nullable WebSocket socket;

    Camera(Histogram answered) {
      this.answered = answered;
    }

    void send(long due, byte[] picture) {
      WebSocket to = socket;
      if (to == null || !sent.isDone() || lost) {
        return;
      }
      ByteBuffer message =
          ByteBuffer.allocate(Double.BYTES + picture.length)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putDouble(due / 1e6)
              .put(picture)
              .flip()
              .order(ByteOrder.BIG_ENDIAN); // The JDK's client garbles others.
      sent = to.sendBinary(message, true);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      long now = System.nanoTime();
      try {
        JsonNode json = JSON.readTree(message);
        if (json.has("persons")) {
          long micros = Math.round(now / 1e3 - json.get("stamp").asDouble() * 1e3);
          answered.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
          count.incrementAndGet();
        }
      } catch (IOException e) {
        lost = true;
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      lost = true;
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      lost = true;
    }

    void close() {
      WebSocket open = socket;
      if (open != null) {
        open.abort();
      }
    }
  }
}
