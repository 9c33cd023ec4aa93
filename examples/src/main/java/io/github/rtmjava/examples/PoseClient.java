package io.github.rtmjava.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a service that {@code rtm serve} has started, with nothing but Java: poses of a picture, of
 * frames as they come, and of a video as files. One file, to be copied and changed.
 *
 * <pre>{@code
 * java PoseClient.java http://localhost:8080/ poses photo.jpg
 * java PoseClient.java http://localhost:8080/ stream frame1.jpg frame2.jpg
 * java PoseClient.java http://localhost:8080/ job clip.mp4 results csv
 * }</pre>
 */
public final class PoseClient {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int FIRST_ERROR = 400;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private final String token;

  /**
   * A client.
   *
   * @param address of the service, ending in a slash
   * @param token that it asks for; empty for none
   */
  public PoseClient(URI address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Runs one of the three; the token is taken from {@code RTM_TOKEN}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PoseClient client =
        new PoseClient(URI.create(arguments[0]), System.getenv().getOrDefault("RTM_TOKEN", ""));
    switch (arguments[1]) {
      case "poses" -> System.out.println(client.poses(Path.of(arguments[2])));
      case "stream" -> {
        List<Path> frames = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
          frames.add(Path.of(arguments[i]));
        }
        client.stream(frames, System.out::println);
      }
      case "job" ->
          System.out.println(
              client.job(
                  Path.of(arguments[2]), arguments[4], Path.of(arguments[3]), System.out::println));
      default -> throw new IllegalArgumentException("expected poses, stream or job");
    }
  }

  /**
   * The poses in a picture.
   *
   * @return JSON as {@code rtm infer} writes it
   * @throws IOException if the service refuses it; the message says why
   */
  public String poses(Path picture) throws IOException, InterruptedException {
    HttpRequest request =
        request("v1/poses").timeout(PATIENCE).POST(BodyPublishers.ofFile(picture)).build();
    return accepted(http.send(request, BodyHandlers.ofString()));
  }

  /**
   * The poses in frames, one after the other, with the ids of people.
   *
   * @param answers gets JSON for each frame
   * @throws IOException if the service does not answer
   */
  public void stream(List<Path> frames, Consumer<String> answers)
      throws IOException, InterruptedException {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    String scheme = address.getScheme().equals("https") ? "wss" : "ws";
    URI socket = URI.create(scheme + "://" + address.getAuthority() + "/v1/stream");
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    WebSocket opened = builder.buildAsync(socket, new Texts(messages)).join();
    next(messages); // says which model answers, and the names of its keypoints
    for (int i = 0; i < frames.size(); i++) {
      byte[] picture = Files.readAllBytes(frames.get(i));
      ByteBuffer message =
          ByteBuffer.allocate(Double.BYTES + picture.length).order(ByteOrder.LITTLE_ENDIAN);
      // Java's client masks the bytes of other orders wrongly.
      message.putDouble(i).put(picture).flip().order(ByteOrder.BIG_ENDIAN);
      opened.sendBinary(message, /* last= */ true).join();
      answers.accept(next(messages));
    }
    opened.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  private static String next(BlockingQueue<String> messages)
      throws IOException, InterruptedException {
    String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (message == null) {
      throw new IOException("the service does not answer");
    }
    return message;
  }

  /**
   * The poses in a video.
   *
   * @param format of the file that is wanted, for example {@code csv}
   * @param folder for it, an existing one
   * @param lines gets JSON for each frame while the service works on it
   * @return the file
   * @throws IOException if the service refuses it; the message says why
   */
  public Path job(Path video, String format, Path folder, Consumer<String> lines)
      throws IOException, InterruptedException {
    String name = URLEncoder.encode(video.getFileName().toString(), StandardCharsets.UTF_8);
    HttpRequest post =
        request("v1/jobs?save=%s&name=%s".formatted(format, name))
            .POST(BodyPublishers.ofFile(video))
            .build();
    HttpResponse<String> taken = http.send(post, BodyHandlers.ofString());
    accepted(taken);
    String job = taken.headers().firstValue("Location").orElseThrow();
    follow(job, lines);
    String state = accepted(http.send(request(job).build(), BodyHandlers.ofString()));
    while (state.contains("\"state\":\"running\"")) {
      Thread.sleep(100);
      state = accepted(http.send(request(job).build(), BodyHandlers.ofString()));
    }
    if (!state.contains("\"state\":\"done\"")) {
      throw new IOException(state);
    }
    Path file = folder.resolve("poses." + format);
    HttpRequest get = request(job + "/files/" + file.getFileName()).build();
    HttpResponse<Path> saved = http.send(get, BodyHandlers.ofFile(file));
    if (saved.statusCode() >= FIRST_ERROR) {
      throw new IOException(Files.readString(file));
    }
    http.send(request(job).DELETE().build(), BodyHandlers.discarding());
    return file;
  }

  private void follow(String job, Consumer<String> lines) throws IOException, InterruptedException {
    HttpRequest request = request(job + "/poses.jsonl").build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static String accepted(HttpResponse<String> response) throws IOException {
    if (response.statusCode() >= FIRST_ERROR) {
      throw new IOException("status %s: %s".formatted(response.statusCode(), response.body()));
    }
    return response.body();
  }

  /** Puts texts together, which come in pieces. */
  private static final class Texts implements WebSocket.Listener {
    private final BlockingQueue<String> messages;
    private final StringBuilder text = new StringBuilder();

    Texts(BlockingQueue<String> messages) {
      this.messages = messages;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
      text.append(piece);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(piece);
    }
  }
}
