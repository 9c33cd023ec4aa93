package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.bundle.BundleWeights;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project's own architectures, from torch's files to bundles. */
class UpstreamModelsTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "rtmdet_nano_320_hand.pth, rtmdet",
    "rtmdet_nano_320_hand.legacy.pth, rtmdet",
    "rtmdet_nano_320_hand.train_ema.pth, rtmdet",
    "rtmdet_nano_320_hand.views.pth, rtmdet",
    "rtmdet_nano_320_hand.half.pth, rtmdet",
    "rtmw3d-tiny_384x288.pth, rtmw3d",
    "rtmw3d-tiny_384x288.legacy.pth, rtmw3d",
  })
  void filesBecomeBundles(String file, String architecture) throws IOException {
    Model model =
        Conversion.toModel(SharedData.path("oracle/pth/" + file), ConversionOptions.DEFAULT);
    assertEquals(architecture, model.spec().architecture());
    Path bundle = folder.resolve("bundle");
    Bundles.write(bundle, model, false);
    Model opened = Bundles.open(bundle);
    assertEquals(model.spec(), opened.spec());
    assertEquals(model.weights().keys().size(), opened.weights().keys().size());
    for (String key : model.weights().keys()) {
      assertEquals(model.weights().get(key).bytes(), opened.weights().get(key).bytes(), key);
    }
  }

  @Test
  void outputLayersStayWide() throws IOException {
    Path file = SharedData.path("oracle/pth/rtmw3d-tiny_384x288.pth");
    Path bundle = folder.resolve("bundle");
    Bundles.write(bundle, Conversion.toModel(file, ConversionOptions.DEFAULT), true);
    Model opened = Bundles.open(bundle);
    for (String key : opened.weights().keys()) {
      Tensor tensor = opened.weights().get(key);
      if (tensor.dtype().isFloating()) {
        boolean wide = tensor.shape().rank() < 2 || key.matches("head\\.cls_[xyz]\\.weight");
        assertEquals(wide ? DType.FLOAT32 : DType.FLOAT16, tensor.dtype(), key);
      }
    }
  }

  @Test
  void aHeadAloneIsRefused() {
    Path file = SharedData.path("oracle/pth/rtmdet_nano_320_hand.views.bbox_head_only.legacy.pth");
    assertRefused(
        () -> Conversion.toModel(file, ConversionOptions.DEFAULT), "bbox_head", "missing");
  }

  @Test
  void aBackboneAloneIsRefused() throws IOException {
    Map<String, Tensor> backbone = new LinkedHashMap<>(MadeWeights.of("rtmdet_nano_320_person"));
    backbone.keySet().removeIf(key -> !key.startsWith("backbone."));
    Path file = folder.resolve("cspnext.pth");
    TorchFiles.legacy(file, backbone, Map.of("epoch", 1));
    assertRefused(() -> Conversion.toModel(file, ConversionOptions.DEFAULT), "backbone", "missing");
  }

  @Test
  void sharedHeadsAreStoredOnce() throws IOException {
    Path file = folder.resolve("rtmdet-m.pth");
    TorchFiles.legacy(file, MadeWeights.of("rtmdet_m_640_person"), Map.of("epoch", 1));
    Path bundle = folder.resolve("rtmdet-m.rtm");
    Bundles.write(bundle, Conversion.toModel(file, ConversionOptions.DEFAULT), false);
    BundleWeights weights = (BundleWeights) Bundles.open(bundle).weights();
    assertEquals(
        "bbox_head.cls_convs.0.0.conv.weight",
        weights.stored("bbox_head.cls_convs.1.0.conv.weight"));
  }
}
