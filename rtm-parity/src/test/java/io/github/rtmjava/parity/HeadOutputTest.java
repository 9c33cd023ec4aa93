package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Head outputs at full size, from upstream's own 8-bit crops, on every engine that can run here.
 */
class HeadOutputTest {
  /** DESIGN tolerance: a share of the output's own range. */
  private static final double TOLERANCE = 1e-3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmdet_m_640_person",
        "rtmdet_nano_320_hand",
        "rtmw3d-l_384x288",
        "rtmw3d-tiny_384x288"
      })
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (CompiledModel compiled =
                engine.compile(model.network(), model.weights(), EngineOptions.DEFAULT);
            Session session = compiled.newSession()) {
          for (int i = 0; i < golden.cases(); i++) {
            check(golden, i, model, session, engine.name());
          }
        }
      }
    }
  }

  private static void check(Golden golden, int index, Model model, Session session, String engine) {
    String picture =
        golden.has(index, "padded_bgr_u8_hwc") ? "padded_bgr_u8_hwc" : "crop_bgr_u8_hwc";
    Tensor input =
        Tensor.allocate(DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(1));
    new ImageNormalizer(model.spec().input()).normalize(golden.picture(index, picture), input, 0);
    if (golden.has(index, "input_f32")) {
      assertEquals(golden.get(index, "input_f32").floats(), input.floats());
    }
    Map<String, Tensor> outputs = session.run(Map.of("image", input));
    assertEquals(model.network().outputs().keySet(), outputs.keySet());
    outputs.forEach(
        (output, tensor) ->
            Golden.assertClose(
                "%s %s case %d %s".formatted(engine, model.name(), index, output),
                golden.floats(index, output),
                tensor.toFloats(),
                TOLERANCE));
  }
}
