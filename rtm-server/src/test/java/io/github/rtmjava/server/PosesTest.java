package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.JsonWriter;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Poses over HTTP, with the embedded models. */
final class PosesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCENE = Path.of("../samples/scene_05.png");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static PoseServer server;

  @BeforeAll
  static void start() throws IOException {
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void thePosesOfAPictureAreThoseOfInfer() throws Exception {
    HttpResponse<byte[]> answer = post("v1/poses", Files.readAllBytes(SCENE), "image/png");
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      PoseResult result = inferencer.predict(Images.read(SCENE));
      assertTrue(result.size() > 0);
      JsonWriter.write(result, "picture", /* withAngles= */ false, expected);
    }
    assertEquals(
        expected.toString(StandardCharsets.UTF_8),
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void aMisspeltParameterIsRefused() throws Exception {
    HttpResponse<byte[]> answer =
        post("v1/poses?max_person=1", Files.readAllBytes(SCENE), "image/png");
    assertEquals(400, answer.statusCode());
    JsonNode problem = JSON.readTree(answer.body());
    assertEquals("bad-request", problem.get("reason").asText());
    assertTrue(problem.get("detail").asText().contains("max_persons"), problem::toString);
  }

  private static HttpResponse<byte[]> post(String path, byte[] body, String type)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }
}
