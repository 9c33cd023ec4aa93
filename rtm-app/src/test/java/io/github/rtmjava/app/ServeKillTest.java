package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code rtm serve} as a process of its own that is ended while it works. {@code
 * -Drtm.serve.kills=100} does each so often.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
final class ServeKillTest {
  private static final int KILLS = Integer.getInteger("rtm.serve.kills", 1);
  private static final int REQUESTS = 24;
  private static final String READY = "ready at ";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCENE = Path.of("..", "samples", "scene_05.png");
  private static final Path CLIP = Path.of("..", "samples", "clip_01.mp4");

  @TempDir Path folder;

  /** A service of its own process. */
  private static final class Service implements AutoCloseable {
    private final Process process;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    Service(Path jobs) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Rtm.class.getName(),
                  "serve",
                  "--port",
                  "0",
                  "--limits",
                  "patience=1h",
                  "--jobs",
                  jobs.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader out = process.inputReader();
      String line = out.readLine();
      assertTrue(line != null && line.startsWith(READY), line);
      address = URI.create(line.substring(READY.length()));
    }

    CompletableFuture<HttpResponse<byte[]>> post(String path, byte[] body) {
      return client.sendAsync(
          HttpRequest.newBuilder(address.resolve(path))
              .POST(BodyPublishers.ofByteArray(body))
              .build(),
          BodyHandlers.ofByteArray());
    }

    String get(String path) throws Exception {
      return client
          .send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
          .body();
    }

    double queued() throws Exception {
      return get("/metrics")
          .lines()
          .filter(line -> line.startsWith("rtm_queue_pictures "))
          .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
          .sum();
    }

    CompletableFuture<Integer> stream() {
      CompletableFuture<Integer> closed = new CompletableFuture<>();
      var unused =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(address.toString().replaceFirst("http", "ws") + "v1/stream"),
                  new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onClose(
                        WebSocket socket, int code, String reason) {
                      closed.complete(reason.isEmpty() ? -1 : code);
                      return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable failure) {
                      closed.completeExceptionally(failure);
                    }
                  })
              .join();
      return closed;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void nothingAcceptedIsLostWhenItIsAskedToEnd() throws Exception {
    byte[] scene = Files.readAllBytes(SCENE);
    for (int i = 0; i < KILLS; i++) {
      try (Service service = new Service(folder.resolve("term" + i))) {
        CompletableFuture<Integer> stream = service.stream();
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int n = 0; n < REQUESTS; n++) {
          answers.add(service.post("/v1/poses", scene));
        }
        // Until all are taken in: a request that waits has its body there, or on its way.
        while (service.queued() + answers.stream().filter(CompletableFuture::isDone).count()
            < REQUESTS) {
          Thread.onSpinWait();
        }
        service.process.destroy();
        for (CompletableFuture<HttpResponse<byte[]>> each : answers) {
          HttpResponse<byte[]> answer = each.get();
          assertEquals(200, answer.statusCode());
          assertTrue(JSON.readTree(answer.body()).has("persons"));
        }
        assertEquals(1001, stream.get());
        assertTrue(service.process.waitFor(1, TimeUnit.MINUTES));
      }
    }
  }

  @Test
  void jobsOfAKilledServiceBeginAnew() throws Exception {
    byte[] clip = Files.readAllBytes(CLIP);
    for (int i = 0; i < KILLS; i++) {
      Path jobs = folder.resolve("kill" + i);
      String id;
      try (Service service = new Service(jobs)) {
        HttpResponse<byte[]> taken =
            service.post("/v1/jobs?max_frames=20&save=json,overlay", clip).get();
        assertEquals(202, taken.statusCode());
        id = JSON.readTree(taken.body()).get("id").asText();
        while (state(service, id).at("/progress/frames").asInt() == 0) {
          Thread.sleep(5);
        }
        service.process.destroyForcibly();
        assertTrue(service.process.waitFor(1, TimeUnit.MINUTES));
      }
      try (Service next = new Service(jobs)) {
        JsonNode job = state(next, id);
        while (List.of("waiting", "running").contains(job.get("state").asText())) {
          assertEquals(0, job.get("files").size(), job::toString);
          Thread.sleep(20);
          job = state(next, id);
        }
        assertEquals("done", job.get("state").asText(), job::toString);
        assertEquals(21, next.get("/v1/jobs/" + id + "/files/poses.jsonl").lines().count());
        try (Stream<Path> all = Files.walk(jobs)) {
          assertFalse(all.anyMatch(ServeKillTest::isHalf));
        }
      }
    }
  }

  private static boolean isHalf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") && !name.equals(".rtm-jobs.lock");
  }

  private static JsonNode state(Service service, String id) throws Exception {
    return JSON.readTree(service.get("/v1/jobs/" + id));
  }
}
