package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.Poster;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Poses over HTTP, with the embedded models. */
final class PosesTest {
  private static final Path SCENE = Path.of("../samples/scene_05.png");
  private static PoseServer server;
  private static Asking asking;
  private static byte[] scene;
  private static Image image;
  private static PoseResult result;

  @BeforeAll
  static void start() throws IOException {
    scene = Files.readAllBytes(SCENE);
    image = Images.read(SCENE);
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      result = inferencer.predict(image);
    }
    assertTrue(result.size() > 0);
    server =
        PoseServer.start(
            ServerOptions.DEFAULT
                .at("127.0.0.1", 0)
                .withLimits(
                    ServerOptions.DEFAULT.limits().with("pixels", "400000").with("pictures", "3")));
    asking = new Asking(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String json(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter.write(result, name, /* withAngles= */ false, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thePosesOfAPictureAreThoseOfInfer() throws Exception {
    Answer answer = asking.post("/v1/poses", scene, "Content-Type", "image/png");
    assertEquals(json("picture"), answer.text());
    assertEquals("application/json", answer.header("content-type"));
  }

  @Test
  void severalPicturesHaveTheirResultsInOrder() throws Exception {
    byte[] body =
        new Multipart()
            .file("a/../scene_05.png", scene)
            .file("notes.txt", "no picture".getBytes(StandardCharsets.UTF_8))
            .file("again.png", scene)
            .bytes();
    JsonNode all = asking.post("/v1/poses", body, "Content-Type", Multipart.TYPE).json();
    assertEquals(3, all.size(), all::toString);
    assertEquals(
        Asking.JSON.readTree(json("scene_05.png")).get("persons").size(),
        all.get(0).get("persons").size());
    assertEquals("scene_05.png", all.get(0).get("image").asText());
    assertEquals("notes.txt", all.get(1).get("image").asText());
    assertEquals(422, all.get(1).get("error").get("status").asInt());
    assertEquals("again.png", all.get(2).get("image").asText());
  }

  @Test
  void optionsCanBeAPartOfTheBody() throws Exception {
    byte[] body =
        new Multipart()
            .options("{\"bbox\": [[10, 20, 200, 400], [300, 20, 500, 400]], \"angles\": true}")
            .file("scene.png", scene)
            .bytes();
    JsonNode all = asking.post("/v1/poses", body, "Content-Type", Multipart.TYPE).json();
    JsonNode persons = all.get(0).get("persons");
    assertEquals(2, persons.size(), all::toString);
    assertEquals(300, persons.get(1).get("bbox").get(0).asInt());
    assertTrue(persons.get(0).has("angles_2d_deg"), persons::toString);
  }

  @Test
  void aDrawnPictureIsTheOneOfInfer() throws Exception {
    Answer answer = asking.post("/v1/poses", scene, "Accept", "image/png");
    assertEquals("image/png", answer.header("content-type"));
    Image expected = new Poster(DrawOptions.of(0.3f)).compose(image, result);
    assertArrayEquals(Images.png(expected), Images.png(Images.decode(answer.body(), "drawn")));
    Answer jpeg = asking.post("/v1/poses", scene, "Accept", "image/jpeg");
    assertEquals(expected.width(), Images.decode(jpeg.body(), "drawn").width());
  }

  @Test
  void binaryPosesHoldTheSameNumbers() throws Exception {
    Answer answer = asking.post("/v1/poses", scene, "Accept", "application/vnd.rtm.poses");
    ByteBuffer bytes = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals("RTMP", new String(answer.body(), 0, 4, StandardCharsets.US_ASCII));
    bytes.position(4);
    assertEquals(1, bytes.getInt());
    assertEquals(1, bytes.getInt());
    assertEquals(image.width(), bytes.getInt());
    assertEquals(image.height(), bytes.getInt());
    assertEquals(result.size(), bytes.getInt());
    assertEquals(133, bytes.getInt());
    assertEquals(6, bytes.getInt());
    bytes.position(bytes.position() + 4 + 5 * 4);
    assertEquals(result.keypoints2d()[0][0][0], bytes.getFloat());
    assertEquals(result.keypoints2d()[0][0][1], bytes.getFloat());
    assertEquals(result.scores()[0][0], bytes.getFloat());
    assertEquals(result.keypoints3d()[0][0][0], bytes.getFloat());
  }

  @Test
  void csvHasARowForEachKeypoint() throws Exception {
    Answer answer = asking.post("/v1/poses", scene, "Accept", "text/csv");
    assertEquals(1 + 133 * result.size(), answer.text().lines().count());
    assertTrue(answer.text().startsWith("frame,time_s,id,keypoint,x_px"), answer.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_person=1|400|max_persons",
        "max_persons=0|400|whole number",
        "bbox=1,2,3|400|x1,y1,x2,y2",
        "bbox=9,9,1,1|400|x1 < x2",
        "bbox_thr=2|400|0 to 1",
        "camera=1,1,NaN,1|400|fx,fy,cx,cy",
        "frame=world|400|one of camera",
        "root_depth=3|400|camera=fx,fy,cx,cy",
        "camera=900,900,300,200&compat=rtmpose3d|400|found both",
        "model=other|404|expected a model out of default",
        "angles=perhaps|400|true or false"
      })
  void whatMakesNoSenseIsSaid(String query, int status, String detail) throws Exception {
    Answer answer = asking.post("/v1/poses?" + query, scene);
    assertEquals(status, answer.status(), answer::text);
    assertEquals("application/problem+json", answer.header("content-type"));
    assertTrue(answer.json().get("detail").asText().contains(detail), answer::text);
  }

  @ParameterizedTest
  @CsvSource({
    "max_persons=1,persons,1",
    "single_person=true,persons,1",
    "bbox_thr=0.999,persons,0",
    "frame=z_up,frame,z_up",
    "keypoint_names=false,keypoint_names,none",
    "keypoint_names=true,keypoint_names,133"
  })
  void optionsHaveTheirEffects(String query, String what, String expected) throws Exception {
    Answer answer = asking.post("/v1/poses?" + query, scene);
    JsonNode found = answer.json().get(what);
    String text =
        found == null ? "none" : found.isArray() ? String.valueOf(found.size()) : found.asText();
    assertEquals(expected, text, answer::text);
  }

  @Test
  void bodiesThatAreNoPicturesAreRefused() throws Exception {
    assertEquals(400, asking.post("/v1/poses", new byte[0]).status());
    assertEquals(422, asking.post("/v1/poses", new byte[100]).status());
    assertEquals(415, asking.post("/v1/poses", scene, "Content-Type", "text/plain").status());
    byte[] four =
        new Multipart().file("a", scene).file("b", scene).file("c", scene).file("d", scene).bytes();
    assertEquals(413, asking.post("/v1/poses", four, "Content-Type", Multipart.TYPE).status());
    Answer several =
        asking.post(
            "/v1/poses",
            new Multipart().file("a.png", scene).bytes(),
            "Content-Type",
            Multipart.TYPE,
            "Accept",
            "image/png");
    assertEquals(406, several.status(), several::text);
    Answer large =
        asking.post("/v1/poses", Images.png(Image.ofBgr(2000, 1000, new byte[6_000_000])));
    assertEquals(413, large.status(), large::text);
    assertEquals(406, asking.post("/v1/poses", scene, "Accept", "audio/ogg").status());
  }

  @Test
  void aRequestThatAllowsNoTimeIsNotComputed() throws Exception {
    Answer answer = asking.post("/v1/poses", scene, "X-Timeout-Ms", "0");
    assertEquals(429, answer.status(), answer::text);
    assertEquals("too-late", answer.json().get("reason").asText());
    assertEquals(400, asking.post("/v1/poses", scene, "X-Timeout-Ms", "soon").status());
  }

  @Test
  void nothingIsLeftInTheQueue() throws Exception {
    assertEquals(200, asking.post("/v1/poses", scene).status());
    String metrics = asking.get("/metrics").text();
    assertTrue(metrics.contains("rtm_queue_pictures 0.0"), metrics);
    assertTrue(metrics.contains("rtm_queue_bytes 0.0"), metrics);
    assertTrue(metrics.contains("rtm_pictures_total{model=\"default\"}"), metrics);
  }
}
