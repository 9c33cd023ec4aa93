package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every top-down pose model of the parity data, recognised from keys and shapes alone among all
 * architectures: what follows from them is what upstream's configuration says.
 */
class PoseRecognitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> everyConfigurationIsRecognised() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("oracle/manifest"))) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches("(rtmpose|dwpose|rtmw|internet).*\\.json"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList();
    }
  }

  private static void check(Path file) throws IOException {
    JsonNode manifest = JSON.readTree(file.toFile());
    JsonNode config = manifest.get("config");
    Checkpoint checkpoint = checkpoint(manifest);
    List<Recognition> found = Architectures.recognise(checkpoint);
    assertEquals(1, found.size());
    ModelSpec spec = ((Recognition.Whole) found.get(0)).spec();

    String name = manifest.get("name").asText();
    assertEquals(architecture(config), spec.architecture());
    assertEquals(keypoints(config.at("/model/head")), spec.hyper("keypoints"));
    assertEquals(List.of(dataset(name)), spec.labels());
    JsonNode size = config.get("input_size_wh");
    assertEquals(InputSpec.rgb(size.get(0).asInt(), size.get(1).asInt()), spec.input());
    assertEquals(codec(config.get("codec")), spec.codec());

    Network network = Architectures.named(spec.architecture()).build(spec);
    assertEquals(
        Optional.empty(), WeightCheck.differences(Networks.of(spec), checkpoint.tensors()));
    assertEquals(config.get("num_params").asLong(), parameters(network));
  }

  private static String architecture(JsonNode config) {
    return switch (config.at("/model/head/type").asText()) {
      case "RTMCCHead" -> "rtmpose";
      case "RTMWHead" -> "rtmw";
      case "InternetHead" -> "internet";
      default -> "rtmw3d";
    };
  }

  /** InterNet's channels are those of one hand in every slice of a volume. */
  private static int keypoints(JsonNode head) {
    JsonNode hand = head.path("keypoint_head_cfg");
    return hand.isMissingNode()
        ? head.get("out_channels").asInt()
        : 2 * hand.get("out_channels").asInt() / hand.get("depth_size").asInt();
  }

  private static Codec codec(JsonNode codec) {
    if (codec.get("type").asText().equals("Hand3DHeatmap")) {
      return new Codec.HandVolumes(
          codec.get("depth_size").asInt(), 0.4, 0.4, codec.get("max_bound").asDouble());
    }
    double split = codec.get("simcc_split_ratio").asDouble();
    JsonNode sigma = codec.get("sigma");
    if (sigma.size() == 3) {
      return new Codec.Simcc(split, codec.get("input_size").get(2).asInt(), 2.1744869, 5.14388);
    }
    return new Codec.Simcc(
        split,
        0,
        0,
        0,
        codec.path("decode_visibility").asBoolean()
            ? Codec.Visibility.ofSigma(sigma.get(0).asDouble(), sigma.get(1).asDouble())
            : null);
  }

  /** H3WB has the keypoints of COCO-WholeBody. */
  private static String dataset(String model) {
    try {
      String dataset =
          JSON.readTree(SharedData.path("oracle/dataset_meta/index.json").toFile())
              .get(model)
              .asText();
      return dataset.equals("h3wb") ? "coco_wholebody" : dataset;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tensors of the manifest's shapes, all made of the same zeros. */
  static Checkpoint checkpoint(JsonNode manifest) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    long largest = 0;
    for (JsonNode entry : manifest.get("state_dict")) {
      int[] dims = new int[entry.get("shape").size()];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = entry.get("shape").get(i).asInt();
      }
      Shape shape = Shape.of(dims);
      shapes.put(entry.get("key").asText(), shape);
      largest = Math.max(largest, shape.elements());
    }
    ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(largest * Float.BYTES));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (key, shape) ->
            tensors.put(
                key,
                Tensor.over(
                    DType.FLOAT32,
                    shape,
                    zeros.slice(0, Math.toIntExact(shape.elements() * Float.BYTES)))));
    return new Checkpoint("keys", "made", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
  }

  /** Elements of the weights that are trained. */
  private static long parameters(Network network) {
    return network.weights().entrySet().stream()
        .filter(weight -> !weight.getKey().contains(".running_"))
        .mapToLong(weight -> weight.getValue().elements())
        .sum();
  }
}
