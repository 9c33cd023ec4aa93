package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every RTMO of the parity data, recognised from keys and shapes alone among all architectures:
 * what follows from them is what upstream's configuration says.
 */
class RtmoRecognitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> everyConfigurationIsRecognised() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("oracle/manifest"))) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.getFileName().toString().matches("rtmo-.*\\.json"))
              .sorted()
              .map(
                  file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
              .toList();
      assertEquals(7, tests.size());
      return tests;
    }
  }

  private static void check(Path file) throws IOException {
    JsonNode manifest = JSON.readTree(file.toFile());
    JsonNode config = manifest.get("config");
    Checkpoint checkpoint = PoseRecognitionTest.checkpoint(manifest);
    List<Recognition> found = Architectures.recognise(checkpoint);
    assertEquals(1, found.size());
    ModelSpec spec = ((Recognition.Whole) found.get(0)).spec();
    assertEquals("rtmo", spec.architecture());
    assertEquals(List.of("coco"), spec.labels());
    JsonNode size = config.get("input_size_wh");
    assertEquals(InputSpec.plainBgr(size.get(0).asInt(), size.get(1).asInt()), spec.input());
    JsonNode head = config.at("/model/head");
    assertEquals(head.get("num_keypoints").asInt(), spec.hyper("keypoints"));
    assertEquals(head.at("/head_module_cfg/pose_vec_channels").asInt(), spec.hyper("pose_vector"));
    assertEquals(head.at("/dcc_cfg/num_bins/0").asInt(), spec.hyper("bins_x"));
    assertEquals(head.at("/dcc_cfg/num_bins/1").asInt(), spec.hyper("bins_y"));
    JsonNode attention = config.at("/model/neck/encoder_cfg/self_attn_cfg");
    assertEquals(attention.get("num_heads").asInt(), spec.hyper("neck_heads"));
    JsonNode test = config.get("test_cfg");
    Codec.Dcc codec = (Codec.Dcc) spec.codec();
    assertEquals(test.get("score_thr").floatValue(), codec.scoreThreshold());
    assertEquals(test.get("nms_thr").floatValue(), codec.nmsIou());

    Networks networks = Networks.of(spec);
    assertEquals(Optional.empty(), WeightCheck.differences(networks, checkpoint.tensors()));
    long unread =
        checkpoint.tensors().keySet().stream()
            .filter(key -> key.contains("out_kpt_reg") || key.contains("sigma_fc"))
            .mapToLong(key -> checkpoint.shape(key).orElseThrow().elements())
            .sum();
    long read =
        networks.weights().entrySet().stream()
            .filter(weight -> !weight.getKey().contains(".running_"))
            .mapToLong(weight -> weight.getValue().elements())
            .sum();
    assertEquals(config.get("num_params").asLong(), read + unread);
  }
}
