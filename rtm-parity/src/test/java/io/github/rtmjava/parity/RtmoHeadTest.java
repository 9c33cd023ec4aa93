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
 * Head outputs of RTMO at full size, from upstream's own 8-bit input, on every engine that can run
 * here.
 */
class RtmoHeadTest {
  /** A share of the output's own range. */
  private static final double TOLERANCE = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"rtmo-t_body7_416", "rtmo-s_body7_640", "rtmo-m_body7_640"})
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (CompiledModel compiled =
                engine.compile(model.network(), model.weights(), EngineOptions.DEFAULT);
            Session session = compiled.newSession()) {
          for (int i = 0; i < golden.cases(); i++) {
            if (golden.has(i, "input_bgr_u8_hwc")) {
              check("%s %s case %d".formatted(engine.name(), name, i), golden, i, model, session);
            }
          }
        }
      }
    }
  }

  private static void check(String what, Golden golden, int index, Model model, Session session) {
    Tensor input =
        Tensor.allocate(DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(1));
    new ImageNormalizer(model.spec().input())
        .normalize(golden.picture(index, "input_bgr_u8_hwc"), input, 0);
    Map<String, Tensor> outputs = session.run(Map.of("image", input));
    assertEquals(model.network().outputs().keySet(), outputs.keySet());
    outputs.forEach(
        (output, tensor) -> {
          String where = what + " " + output;
          if (output.startsWith("pose")) {
            checkSamples(
                where, golden, index, output.replace("pose", "pose_vec"), tensor.toFloats());
          } else if (golden.has(index, output)) {
            Golden.assertClose(where, golden.floats(index, output), tensor.toFloats(), TOLERANCE);
          }
        });
  }

  /** Of the largest outputs upstream's statistics and a few values are kept. */
  private static void checkSamples(
      String what, Golden golden, int index, String output, float[] found) {
    var stats = golden.info(index).get(output);
    double range = stats.get("max").asDouble() - stats.get("min").asDouble();
    double squares = 0;
    for (float value : found) {
      squares += (double) value * value;
    }
    assertEquals(1, Math.sqrt(squares) / stats.get("l2").asDouble(), TOLERANCE, what);
    for (int i = 0; i < stats.get("idx").size(); i++) {
      float value = found[stats.get("idx").get(i).asInt()];
      assertEquals(stats.get("val").get(i).asDouble(), value, TOLERANCE * range, what);
    }
  }
}
