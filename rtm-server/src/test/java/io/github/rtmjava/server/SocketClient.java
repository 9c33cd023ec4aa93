package io.github.rtmjava.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of {@code /v1/stream}. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  private SocketClient(URI address) {
    socket = CLIENT.newWebSocketBuilder().buildAsync(address, this).join();
  }

  /**
   * Connects.
   *
   * @param query with its question mark, or empty
   */
  static SocketClient open(PoseServer server, String query) {
    return open(server.address(), query);
  }

  static SocketClient open(URI http, String query) {
    return new SocketClient(
        URI.create("ws://%s:%s/v1/stream%s".formatted(http.getHost(), http.getPort(), query)));
  }

  void frame(double stamp, byte[] picture) {
    binary(
        ByteBuffer.allocate(Double.BYTES + picture.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putDouble(stamp)
            .put(picture)
            .flip()
            .order(ByteOrder.BIG_ENDIAN)); // The JDK's client garbles others.
  }

  void binary(ByteBuffer message) {
    socket.sendBinary(message, true).join();
  }

  void text(String message) {
    socket.sendText(message, true).join();
  }

  /** The next message. */
  JsonNode next() throws InterruptedException, JsonProcessingException {
    String next = texts.poll(1, TimeUnit.MINUTES);
    if (next == null) {
      throw new IllegalStateException("expected a message within a minute, found none");
    }
    return JSON.readTree(next);
  }

  /** The code that the service closes with. */
  int closed() throws InterruptedException {
    Integer code = codes.poll(1, TimeUnit.MINUTES);
    return code == null ? -1 : code;
  }

  boolean isClosed() {
    return !codes.isEmpty() || socket.isOutputClosed();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      texts.add(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    codes.add(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    codes.add(-2);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
