package io.github.rtmjava.parity;

import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that torch wrote, in every layout: the networks in them compute what upstream's do. */
class CheckpointFileTest {
  private static final double TOLERANCE = 1e-3;

  @ParameterizedTest
  @CsvSource({
    "rtmdet_nano_320_hand.pth,rtmdet_nano_320_hand,padded",
    "rtmdet_nano_320_hand.legacy.pth,rtmdet_nano_320_hand,padded",
    "rtmdet_nano_320_hand.train_ema.pth,rtmdet_nano_320_hand,padded",
    "rtmdet_nano_320_hand.views.pth,rtmdet_nano_320_hand,padded",
    "rtmdet_nano_320_hand.half.pth,rtmdet_nano_320_hand.half,padded",
    "rtmw3d-tiny_384x288.pth,rtmw3d-tiny_384x288,crop",
    "rtmw3d-tiny_384x288.legacy.pth,rtmw3d-tiny_384x288,crop",
    "rtmpose-t_body8_256x192.legacy.pth,rtmpose-t_body8_256x192,crop",
    "rtmpose-t_body8_256x192.half.pth,rtmpose-t_body8_256x192.half,crop",
  })
  void matchesUpstream(String file, String expected, String picture) throws IOException {
    Golden golden = Golden.of(expected);
    Model model =
        Conversion.toModel(SharedData.path("oracle/pth/" + file), ConversionOptions.DEFAULT);
    try (CompiledModel compiled =
            Engines.choose("auto", "auto")
                .engine()
                .compile(model.network(), model.weights(), EngineOptions.DEFAULT);
        Session session = compiled.newSession()) {
      Tensor input =
          Tensor.allocate(DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(1));
      new ImageNormalizer(
              file.contains(".half.") ? halved(model.spec().input()) : model.spec().input())
          .normalize(golden.picture(0, picture + "_bgr_u8_hwc"), input, 0);
      session
          .run(Map.of("image", input))
          .forEach(
              (output, tensor) ->
                  Golden.assertClose(
                      file + " " + output, golden.floats(0, output), tensor.toFloats(), TOLERANCE));
    }
  }

  /** Upstream's half-precision run rounded mean and std with the weights. */
  private static InputSpec halved(InputSpec input) {
    return new InputSpec(
        input.width(), input.height(), input.order(), halved(input.mean()), halved(input.std()));
  }

  private static float[] halved(float[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Float16.toFloat(Float16.fromFloat(values[i]));
    }
    return out;
  }
}
