package io.github.rtmjava.server.oip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.InputCheck;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.Asking;
import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bare networks by the Open Inference Protocol. */
final class InferenceTest {
  private static PoseServer server;
  private static Asking asking;

  @BeforeAll
  static void start() throws IOException {
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0));
    asking = new Asking(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theServerAndItsModelsSayWhatTheyAre() throws Exception {
    JsonNode about = asking.get("/v2").json();
    assertEquals("binary_tensor_data", about.at("/extensions/0").asText());
    assertTrue(asking.get("/v2/health/live").json().get("live").asBoolean());
    assertTrue(asking.get("/v2/health/ready").json().get("ready").asBoolean());
    for (String model : new String[] {"default", "default.detector"}) {
      JsonNode metadata = asking.get("/v2/models/" + model).json();
      assertEquals(metadata, asking.get("/v2/models/" + model + "/versions/1").json());
      assertEquals(model, metadata.get("name").asText());
      assertEquals("FP32", metadata.at("/inputs/0/datatype").asText());
      assertEquals(-1, metadata.at("/inputs/0/shape/0").asInt());
      assertEquals(3, metadata.at("/inputs/0/shape/1").asInt());
      assertTrue(metadata.get("outputs").size() > 0);
      assertTrue(asking.get("/v2/models/" + model + "/ready").json().get("ready").asBoolean());
    }
  }

  @Test
  void numbersAndBytesGiveWhatTheNetworkGives() throws Exception {
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      compare("default", inferencer.poseNetwork());
      compare("default.detector", inferencer.detectorNetwork().orElseThrow());
    }
  }

  private static void compare(String model, BatchRunner network) throws Exception {
    Value input = network.network().inputs().get(0);
    float[] values = new float[(int) input.shape().withBatch(1).elements()];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(64) / 16f - 2;
    }
    Map<String, float[]> expected =
        network
            .submit(
                1,
                inputs -> InputCheck.only(inputs).floats().put(values),
                outputs -> {
                  Map<String, float[]> copies = new LinkedHashMap<>();
                  outputs.forEach((name, tensor) -> copies.put(name, tensor.toFloats()));
                  return copies;
                })
            .get();
    String infer = "/v2/models/" + model + "/infer";

    ObjectNode numbers = request(input);
    ArrayNode data = ((ObjectNode) numbers.at("/inputs/0")).putArray("data");
    for (float value : values) {
      data.add(value);
    }
    Answer asNumbers = asking.post(infer, numbers.toString().getBytes(UTF_8));
    assertEquals(200, asNumbers.status(), asNumbers::text);
    assertEquals("a request", asNumbers.json().get("id").asText());
    assertEquals(model, asNumbers.json().get("model_name").asText());
    assertEquals(expected.size(), asNumbers.json().get("outputs").size());
    for (JsonNode output : asNumbers.json().get("outputs")) {
      float[] found = new float[output.get("data").size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = output.get("data").get(i).floatValue();
      }
      assertArrayEquals(expected.get(output.get("name").asText()), found);
    }

    ObjectNode bytes = request(input);
    ((ObjectNode) bytes.at("/inputs/0"))
        .putObject("parameters")
        .put("binary_data_size", 4 * values.length);
    bytes.putObject("parameters").put("binary_data_output", true);
    byte[] head = bytes.toString().getBytes(UTF_8);
    ByteBuffer body =
        ByteBuffer.allocate(head.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    body.put(head);
    body.asFloatBuffer().put(values);
    Answer asBytes =
        asking.post(
            infer, body.array(), "Inference-Header-Content-Length", String.valueOf(head.length));
    assertEquals(200, asBytes.status(), asBytes::text);
    int length = Integer.parseInt(asBytes.header("inference-header-content-length"));
    JsonNode answer = Asking.JSON.readTree(Arrays.copyOf(asBytes.body(), length));
    ByteBuffer rest = ByteBuffer.wrap(asBytes.body()).order(ByteOrder.LITTLE_ENDIAN);
    rest.position(length);
    for (JsonNode output : answer.get("outputs")) {
      assertFalse(output.has("data"));
      float[] found = new float[output.at("/parameters/binary_data_size").asInt() / 4];
      for (int i = 0; i < found.length; i++) {
        found[i] = rest.getFloat();
      }
      assertArrayEquals(expected.get(output.get("name").asText()), found);
    }
    assertFalse(rest.hasRemaining());
  }

  private static ObjectNode request(Value input) {
    ObjectNode request = Asking.JSON.createObjectNode().put("id", "a request");
    ObjectNode tensor = request.putArray("inputs").addObject();
    tensor.put("name", input.name()).put("datatype", "FP32");
    for (int dim : input.shape().withBatch(1).dims()) {
      tensor.withArray("shape").add(dim);
    }
    return request;
  }

  @Test
  void whatIsNoRequestIsRefusedInTheProtocolsForm() throws Exception {
    String infer = "/v2/models/default/infer";
    assertRefused(404, "model", "/v2/models/nobody/infer", "{\"inputs\":[]}");
    assertRefused(404, "version", "/v2/models/default/versions/2/infer", "{\"inputs\":[]}");
    assertRefused(400, "input", infer, "{\"inputs\":[]}");
    assertRefused(400, "JSON", infer, "{\"inputs\":[}");
    assertRefused(400, "object", infer, "[]");
    assertRefused(400, "more", infer, "{\"inputs\":[]}{}");
    String name = asking.get("/v2/models/default").json().at("/inputs/0/name").asText();
    String input = "{\"inputs\":[{\"name\":\"" + name + "\",\"datatype\":\"%s\",\"shape\":%s,%s}]}";
    assertRefused(400, "shape", infer, input.formatted("FP32", "[1,3,1,1]", "\"data\":[1,2,3]"));
    assertRefused(400, "FP32", infer, input.formatted("INT8", "[1,3,1,1]", "\"data\":[1,2,3]"));
    assertRefused(400, "numbers", infer, input.formatted("FP32", "[1]", "\"data\":[\"a\"]"));
    assertRefused(
        400,
        "binary_data_size",
        infer,
        input.formatted("FP32", "[1]", "\"parameters\":{\"binary_data_size\":8}"));
    Answer lost = asking.get("/v2/nothing");
    assertEquals(404, lost.status());
    assertTrue(lost.json().has("error"), lost::text);
  }

  private static void assertRefused(int status, String part, String path, String body)
      throws Exception {
    Answer answer = asking.post(path, body.getBytes(UTF_8));
    assertEquals(status, answer.status(), answer::text);
    assertTrue(answer.json().get("error").asText().contains(part), answer::text);
  }
}
