package io.github.rtmjava.server.oip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.architectures.rtmo.SmallRtmo;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.server.Asking;
import io.github.rtmjava.server.Asking.Answer;
import io.github.rtmjava.server.PoseServer;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What networks are called: two models with memory for one, one of which has a second network. */
final class ServedNetworksTest {
  private static final String INDEX = "/v2/repository/index";

  @TempDir private static Path folder;
  private static PoseServer server;
  private static Asking asking;

  @BeforeAll
  static void start() throws IOException {
    ModelSpec spec = SmallRtmo.spec(17, "coco", 64, 64);
    Map<String, Tensor> weights = new TreeMap<>();
    Networks.of(spec)
        .weights()
        .forEach((key, shape) -> weights.put(key, Tensor.allocate(DType.FLOAT32, shape)));
    Path bundle = folder.resolve("small.rtm");
    Bundles.write(
        bundle,
        new Model("small", spec, new MapWeights(weights), new Provenance("", "", "", "")),
        false);
    Map<String, PoseConfig> models = new LinkedHashMap<>();
    models.put("one.stage", PoseConfig.of(bundle.toString()));
    models.put("later", PoseConfig.of("default"));
    server =
        PoseServer.start(
            ServerOptions.DEFAULT
                .at("127.0.0.1", 0)
                .withModels(models)
                .withLimits(ServerOptions.DEFAULT.limits().with("memory", "1")));
    asking = new Asking(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsLoadedIsListedWithAllItsNetworks() throws Exception {
    assertEquals(
        "{\"models\":[\"one.stage\",\"one.stage.dcc\",\"later\"]}",
        asking.get("/v2/models").text().strip());
    JsonNode all = asking.post(INDEX, new byte[0]).json();
    assertEquals(3, all.size());
    assertEquals("READY", all.at("/1/state").asText());
    assertEquals("1", all.at("/1/version").asText());
    assertEquals("UNAVAILABLE", all.at("/2/state").asText());
    assertEquals(2, asking.post(INDEX, "{\"ready\": true}".getBytes(UTF_8)).json().size());
    for (String wrong : new String[] {"[]", "{", "{\"ready\": 1}", "null"}) {
      Answer answer = asking.post(INDEX, wrong.getBytes(UTF_8));
      assertEquals(400, answer.status(), wrong);
      assertTrue(answer.json().get("error").asText().startsWith("expected"), answer::text);
    }
    assertEquals(503, asking.get("/v2/models/later/ready").status());
    Answer none = asking.get("/v2/models/one.stage.detector/ready");
    assertEquals(404, none.status());
    assertTrue(none.text().contains("one.stage, one.stage.dcc"), none::text);
  }

  @Test
  void theSecondNetworkOfAOneStageModelRuns() throws Exception {
    JsonNode about = asking.get("/v2/models/one.stage.dcc").json();
    ObjectNode request = Asking.JSON.createObjectNode();
    ArrayNode inputs = request.putArray("inputs");
    for (JsonNode input : about.get("inputs")) {
      ObjectNode tensor = inputs.addObject();
      tensor.put("name", input.get("name").asText()).put("datatype", "FP32");
      int elements = 2;
      ArrayNode shape = tensor.putArray("shape").add(2);
      for (int i = 1; i < input.get("shape").size(); i++) {
        shape.add(input.get("shape").get(i).asInt());
        elements *= input.get("shape").get(i).asInt();
      }
      ArrayNode data = tensor.putArray("data");
      for (int i = 0; i < elements; i++) {
        data.add(1);
      }
    }
    assertEquals(3, inputs.size());
    Answer answer =
        asking.post("/v2/models/one.stage.dcc/infer", request.toString().getBytes(UTF_8));
    assertEquals(200, answer.status(), answer::text);
    assertEquals(2, answer.json().get("outputs").size());
    for (JsonNode output : answer.json().get("outputs")) {
      assertEquals(2, output.at("/shape/0").asInt(), "people");
      assertEquals(17, output.at("/shape/1").asInt(), "keypoints");
    }
  }
}
