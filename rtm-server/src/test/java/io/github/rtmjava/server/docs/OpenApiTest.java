package io.github.rtmjava.server.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.server.Asking;
import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.PoseService;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoSource;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description says what the service does, all of it, and nothing else. */
final class OpenApiTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final ServerOptions OPTIONS =
      ServerOptions.DEFAULT
          .at("127.0.0.1", 0)
          .withCameras(Map.of("clip", new VideoSource.File(SAMPLES.resolve("clip_01.mp4"))));
  private static PoseServer server;
  private static Asking asking;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    server = PoseServer.start(OPTIONS);
    asking = new Asking(server.address());
    document = asking.get("/openapi.json").json();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      path.getValue().fieldNames().forEachRemaining(m -> described.add(m + " " + path.getKey()));
    }
    Set<String> routes = new TreeSet<>();
    try (PoseService service = new PoseService(OPTIONS)) {
      Javalin app = Javalin.create(service::register);
      app.unsafe.internalRouter.allHttpHandlers().stream()
          .filter(each -> isMethod(each.endpoint.method) && !isPage(each.endpoint.path))
          .forEach(
              each ->
                  routes.add(
                      each.endpoint.method.name().toLowerCase(Locale.ROOT)
                          + " "
                          + each.endpoint.path));
      app.unsafe.internalRouter.allWsHandlers().stream()
          .filter(each -> !each.getPath().equals("*"))
          .forEach(each -> routes.add("get " + each.getPath()));
    }
    assertEquals(described, routes);
  }

  private static boolean isMethod(HandlerType type) {
    return Set.of("GET", "POST", "DELETE", "PUT", "PATCH").contains(type.name());
  }

  /** What is not for programs. */
  private static boolean isPage(String path) {
    return path.equals("/") || path.startsWith("/page/") || path.equals("/favicon.ico");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode reference : document.findValues("$ref")) {
      String target = reference.asText();
      assertFalse(document.at(target.substring(1)).isMissingNode(), target);
    }
  }

  @Test
  void everyExampleGivesWhatItSays() throws Exception {
    String id = "";
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getKey().equals("delete")) {
          continue; // in the end, when nothing asks for the job any more
        }
        assertTrue(method.getValue().path("x-examples").size() > 0, path.getKey());
        for (JsonNode example : method.getValue().get("x-examples")) {
          Answer answer = run(method.getKey(), example, id);
          if (answer.status() == 202) {
            id = answer.json().get("id").asText();
            asking.get("/v1/jobs/" + id + "/poses.jsonl");
            while (asking.get("/v1/jobs/" + id).json().get("state").asText().equals("running")) {
              Thread.sleep(20);
            }
          }
        }
      }
    }
    JsonNode delete = document.get("paths").get("/v1/jobs/{id}").get("delete");
    run("delete", delete.get("x-examples").get(0), id);
  }

  private static Answer run(String method, JsonNode example, String id) throws Exception {
    String path = example.get("path").asText().replace("{id}", id);
    JsonNode headers = example.path("headers");
    if (headers.has("Upgrade")) {
      return upgrade(path, headers, example.get("status").asInt());
    }
    HttpRequest.Builder request = asking.request(path);
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      request.header(header.getKey(), header.getValue().asText());
    }
    byte[] body = example.has("body") ? body(example.get("body").asText()) : new byte[0];
    Answer answer =
        Asking.send(
            request.method(
                method.toUpperCase(Locale.ROOT),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)));
    assertEquals(example.get("status").asInt(), answer.status(), () -> path + ": " + answer.text());
    return answer;
  }

  /** With headers that Java's client keeps for itself. */
  private static Answer upgrade(String path, JsonNode headers, int status) throws IOException {
    StringBuilder request =
        new StringBuilder("GET %s HTTP/1.1\r\nHost: localhost\r\n".formatted(path));
    headers
        .properties()
        .forEach(h -> request.append("%s: %s\r\n".formatted(h.getKey(), h.getValue().asText())));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((request + "\r\n").getBytes(UTF_8));
      out.flush();
      String head = new String(socket.getInputStream().readNBytes(12), UTF_8);
      assertEquals("HTTP/1.1 " + status, head);
      return new Answer(status, Map.of(), new byte[0]);
    }
  }

  private static byte[] body(String text) throws Exception {
    return switch (text) {
      case "@scene.png" -> Files.readAllBytes(SAMPLES.resolve("scene_05.png"));
      case "@clip.mp4" -> Files.readAllBytes(SAMPLES.resolve("clip_01.mp4"));
      case "@crop.json" -> crop();
      default -> text.getBytes(UTF_8);
    };
  }

  /** What the pose network wants of one person, all grey. */
  private static byte[] crop() throws Exception {
    JsonNode input = asking.get("/v2/models/default").json().at("/inputs/0");
    ObjectNode request = Asking.JSON.createObjectNode();
    ObjectNode tensor = request.putArray("inputs").addObject();
    tensor.put("name", input.get("name").asText()).put("datatype", "FP32");
    ArrayNode shape = tensor.putArray("shape");
    int elements = 1;
    for (JsonNode dim : input.get("shape")) {
      shape.add(Math.max(1, dim.asInt()));
      elements *= Math.max(1, dim.asInt());
    }
    ArrayNode data = tensor.putArray("data");
    for (int i = 0; i < elements; i++) {
      data.add(0);
    }
    return request.toString().getBytes(UTF_8);
  }

  @Test
  void thePageShowsEveryPathAndAsksNobodyElse() throws Exception {
    Answer answer = asking.get("/docs");
    assertEquals("text/html;charset=utf-8", answer.header("content-type").replace(" ", ""));
    String page = answer.text();
    document
        .get("paths")
        .fieldNames()
        .forEachRemaining(p -> assertTrue(page.contains(" " + p + "<"), p));
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("style="));
    assertFalse(page.contains("src="));
    assertFalse(page.contains("href=\"http"));
    assertEquals("text/css", asking.get("/page/docs.css").header("content-type").split(";", -1)[0]);
  }
}
