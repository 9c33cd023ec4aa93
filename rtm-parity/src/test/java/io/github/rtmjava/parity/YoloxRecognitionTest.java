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
 * Every YOLOX of the parity data, recognised from keys and shapes alone among all architectures:
 * what follows from them is what upstream's configuration says.
 */
class YoloxRecognitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> everyConfigurationIsRecognised() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("oracle/manifest"))) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.getFileName().toString().matches("yolox_.*\\.json"))
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
    assertEquals("yolox", spec.architecture());
    int classes = config.get("num_classes").asInt();
    assertEquals(classes, spec.labels().size());
    assertEquals(classes == 1 ? "object" : "person", spec.labels().get(0));
    JsonNode size = config.get("input_size_wh");
    assertEquals(InputSpec.plainBgr(size.get(0).asInt(), size.get(1).asInt()), spec.input());
    JsonNode test = config.get("test_cfg");
    Codec.CentreBoxes codec = (Codec.CentreBoxes) spec.codec();
    assertEquals(test.get("score_thr").floatValue(), codec.scoreThreshold());
    assertEquals(test.at("/nms/iou_threshold").floatValue(), codec.nmsIou());
    assertEquals(
        Optional.empty(), WeightCheck.differences(Networks.of(spec), checkpoint.tensors()));
  }
}
