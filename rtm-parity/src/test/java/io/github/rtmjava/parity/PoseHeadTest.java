package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Head outputs of RTMPose, DWPose and RTMW at full size, from upstream's own 8-bit crops, on every
 * engine that can run here: crop by crop, and all crops of a model as one batch.
 */
class PoseHeadTest {
  /** A share of the output's own range. */
  private static final double TOLERANCE = 1e-3;

  /** A share of the output's own range: what another order of summation may cost. */
  private static final double SAME = 1e-4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmpose-t_body8_256x192",
        "rtmpose-s_body8_256x192",
        "rtmpose-m_body8_256x192",
        "rtmpose-l_body8_256x192",
        "rtmpose-l_body8_384x288",
        "rtmpose-x_coco_384x288",
        "rtmpose-t_halpe26_256x192",
        "rtmpose-s_halpe26_256x192",
        "rtmpose-m_halpe26_256x192",
        "rtmpose-m_halpe26_384x288",
        "rtmpose-l_halpe26_256x192",
        "rtmpose-x_halpe26_384x288",
        "rtmpose-m_hand5_256x256",
        "rtmpose-m_wholebody_256x192",
        "rtmpose-l_wholebody_256x192",
        "rtmpose-l_wholebody_384x288",
        "dwpose-t_ubody_256x192",
        "dwpose-s_ubody_256x192",
        "rtmw-m_256x192",
        "rtmw-l_256x192",
        "rtmw-l_384x288",
        "rtmw-x_384x288"
      })
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (CompiledModel compiled =
                engine.compile(model.network(), model.weights(), EngineOptions.DEFAULT);
            Session session = compiled.newSession()) {
          check(engine.name() + " " + name, golden, model, session);
        }
      }
    }
  }

  private static void check(String what, Golden golden, Model model, Session session) {
    List<Image> crops = new ArrayList<>();
    for (int i = 0; i < golden.cases(); i++) {
      crops.add(golden.picture(i, "crop_bgr_u8_hwc"));
    }
    Map<String, float[]> together = run(model, session, crops);
    assertEquals(model.network().outputs().keySet(), together.keySet());
    for (int i = 0; i < crops.size(); i++) {
      for (Map.Entry<String, float[]> output :
          run(model, session, crops.subList(i, i + 1)).entrySet()) {
        String where = "%s case %d %s".formatted(what, i, output.getKey());
        float[] alone = output.getValue();
        if (golden.has(i, output.getKey())) {
          Golden.assertClose(where, golden.floats(i, output.getKey()), alone, TOLERANCE);
        }
        float[] all = together.get(output.getKey());
        float[] part = Arrays.copyOfRange(all, i * alone.length, (i + 1) * alone.length);
        Golden.assertClose(where + " in a batch", alone, part, SAME);
      }
    }
  }

  private static Map<String, float[]> run(Model model, Session session, List<Image> crops) {
    Tensor input =
        Tensor.allocate(
            DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(crops.size()));
    ImageNormalizer normalizer = new ImageNormalizer(model.spec().input());
    for (int i = 0; i < crops.size(); i++) {
      normalizer.normalize(crops.get(i), input, i);
    }
    Map<String, float[]> outputs = new LinkedHashMap<>();
    session
        .run(Map.of("image", input))
        .forEach((name, tensor) -> outputs.put(name, tensor.toFloats()));
    return outputs;
  }
}
