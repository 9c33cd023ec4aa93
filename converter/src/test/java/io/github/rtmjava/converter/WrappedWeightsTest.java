package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.ToyArchitecture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights behind the names that wrappers, trainers and users' classes put before them. */
class WrappedWeightsTest {
  @TempDir private Path folder = Path.of("");

  private static Map<String, Tensor> prefixed(String prefix) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ToyArchitecture.weights().forEach((key, tensor) -> tensors.put(prefix + key, tensor));
    return tensors;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_orig_mod.",
        "module.",
        "model.",
        "ema_model.",
        "_fsdp_wrapped_module.",
        "net.",
        "module._orig_mod.",
        "_orig_mod.module.module.",
        "model._orig_mod.module.",
        "_forward_module.model.net._fsdp_wrapped_module."
      })
  void prefixesAreTakenOffInAnyOrderAndNumber(String prefix) throws Exception {
    Path file = folder.resolve("wrapped.pth");
    TorchFiles.zip(file, prefixed(prefix), Map.of("epoch", 1));
    assertEquals(
        ToyArchitecture.weights().keySet(),
        Conversion.open(file, ConversionOptions.DEFAULT).weights().keys());
    assertEquals(List.of(), Conversion.opened(file, ConversionOptions.DEFAULT).remarks());
  }

  @Test
  void prefixesWithinNamesAreTakenOff() throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ToyArchitecture.weights()
        .forEach(
            (key, tensor) ->
                tensors.put(
                    key.replaceFirst("\\.", "._fsdp_wrapped_module._checkpoint_wrapped_module."),
                    tensor));
    assertEquals(
        ToyArchitecture.weights().keySet(),
        read(TorchFiles.zip(tensors, Map.of())).tensors().keySet());
  }

  @Test
  void ofTwoNetworksTheChoiceIsNamed() throws Exception {
    Map<String, Tensor> tensors = prefixed("model.");
    tensors.putAll(prefixed("ema_model."));
    tensors.put("loss.weight", MadeWeights.uniform("l", 0, 1, 2));
    Checkpoint found = read(TorchFiles.zip(tensors, Map.of()));
    assertEquals(ToyArchitecture.weights().keySet(), found.tensors().keySet());
    assertEquals(1, found.remarks().size());
    assertTrue(found.remarks().get(0).contains("'model'"), found.remarks().toString());
    assertTrue(found.remarks().get(0).contains("'ema_model'"), found.remarks().toString());
  }

  @Test
  void namesOfAnUnknownNetworkStayAsTheyAre() throws Exception {
    Map<String, Tensor> tensors = Map.of("model.x.weight", MadeWeights.uniform("x", 0, 1, 2));
    assertEquals(tensors.keySet(), read(TorchFiles.zip(tensors, Map.of())).tensors().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state_dict",
        "model",
        "model_state_dict",
        "net",
        "params",
        "weights",
        "ema",
        "ema_state_dict",
        "the network"
      })
  void theDictionaryIsTakenWhateverItsName(String name) throws Exception {
    Map<String, Map<String, Tensor>> dictionaries = new LinkedHashMap<>();
    dictionaries.put("optimizer", Map.of("exp_avg.weight", MadeWeights.uniform("o", 0, 1, 9)));
    dictionaries.put(name, ToyArchitecture.weights());
    Checkpoint found = read(TorchFiles.dictionaries(dictionaries));
    assertEquals(ToyArchitecture.weights().keySet(), found.tensors().keySet());
    boolean usual = List.of("state_dict", "model", "model_state_dict", "params").contains(name);
    assertEquals(
        usual ? List.of() : List.of("the weights are those of '%s'".formatted(name)),
        found.remarks());
  }

  @Test
  void ofTwoDictionariesTheChoiceIsNamed() throws Exception {
    Map<String, Map<String, Tensor>> dictionaries = new LinkedHashMap<>();
    dictionaries.put("ema", prefixed("module."));
    dictionaries.put("model", ToyArchitecture.weights());
    assertEquals(
        List.of("the weights are those of 'model'; the file holds 'ema' too"),
        read(TorchFiles.dictionaries(dictionaries)).remarks());
  }

  @Test
  void buffersOfTheInputAreNoWeightsAndStay() throws Exception {
    Map<String, Tensor> tensors = ToyArchitecture.weights();
    tensors.put("data_preprocessor.mean", floats(0, 0, 0));
    tensors.put("data_preprocessor.std", floats(255, 255, 255));
    Path file = folder.resolve("buffers.pth");
    String cfg = "model = dict(data_preprocessor=dict(mean=[1, 2, 3], std=[4, 5, 6]))";
    TorchFiles.zip(file, tensors, Map.of("cfg", cfg));
    Conversion.Opened opened = Conversion.opened(file, ConversionOptions.DEFAULT);
    assertEquals(255, opened.model().spec().input().std()[0]);
    assertEquals(0, opened.model().spec().input().mean()[2]);
    assertEquals(1, opened.remarks().size(), opened.remarks().toString());
    assertTrue(opened.remarks().get(0).contains("[1.0, 2.0, 3.0]"), opened.remarks().toString());
    Path exported = folder.resolve("exported.pth");
    Exports.write(exported, opened.model(), ExportFormat.PTH);
    assertEquals(tensors.keySet(), Checkpoints.read(exported).tensors().keySet());
    assertEquals(cfg, Checkpoints.read(exported).meta().text("cfg").orElseThrow());
  }

  @Test
  void theConfigurationIsReadWhereThereAreNoBuffers() throws Exception {
    Path file = folder.resolve("cfg.pth");
    TorchFiles.zip(
        file,
        ToyArchitecture.weights(),
        Map.of(
            "cfg",
            """
            model = dict(data_preprocessor=dict(type='DetDataPreprocessor', mean=[1, 2, 3],
              std=[4, 5, 6], bgr_to_rgb=True))
            test_pipeline = [dict(type='Resize', scale=(96, 64))]
            """));
    Inspection inspection = Inspection.of(file);
    assertEquals(
        "96 wide and 64 high, RGB, mean [1.0, 2.0, 3.0], std [4.0, 5.0, 6.0]",
        inspection.spec().orElseThrow().input().toString());
    for (String what : List.of("mean, std", "channels", "input size")) {
      assertEquals("the file's configuration", inspection.origins().get(what), what);
    }
    assertEquals("usual for this network", inspection.origins().get("classes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"head.", "keypoint_head."})
  void headsThatDrawHeatMapsAreToldSo(String head) throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("backbone.conv1.weight", MadeWeights.uniform("b", 0, 1, 4, 3, 3, 3));
    tensors.put(head + "deconv_layers.0.weight", MadeWeights.uniform("d", 0, 1, 4, 4, 4, 4));
    tensors.put(head + "final_layer.weight", MadeWeights.uniform("f", 0, 1, 17, 4, 1, 1));
    Path file = folder.resolve("hrnet.pth");
    TorchFiles.zip(file, tensors, Map.of());
    Failures.assertRefused(
        () -> Conversion.open(file, ConversionOptions.DEFAULT), "a heat map of each keypoint");
    assertTrue(Inspection.of(file).remarks().contains(HeatMaps.REFUSAL));
  }

  private static Tensor floats(float... values) {
    return Tensor.of(values, 3, 1, 1);
  }
}
