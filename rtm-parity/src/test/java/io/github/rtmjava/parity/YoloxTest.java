package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YOLOX at full size on every engine that can run here, and the boxes that come of it. */
class YoloxTest {
  private static final double TOLERANCE = 1e-3;
  private static final double PIXELS = 0.1;

  /** IoUs and scores as near to a threshold as this may fall on its other side. */
  private static final int NEAR_TIES = 1;

  private static final int LEVELS = 3;

  @ParameterizedTest
  @ValueSource(strings = {"yolox_nano_humanart", "yolox_tiny_humanart", "yolox_s_coco_face"})
  void headsAreUpstreams(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (CompiledModel compiled =
                engine.compile(model.network(), model.weights(), EngineOptions.DEFAULT);
            Session session = compiled.newSession()) {
          for (int i = 0; i < golden.cases(); i++) {
            checkHeads(golden, i, model, session, engine.name());
          }
        }
      }
    }
  }

  private static void checkHeads(
      Golden golden, int index, Model model, Session session, String engine) {
    Tensor input =
        Tensor.allocate(DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(1));
    new ImageNormalizer(model.spec().input())
        .normalize(golden.picture(index, "padded_bgr_u8_hwc"), input, 0);
    Map<String, Tensor> outputs = session.run(Map.of("image", input));
    for (int level = 0; level < LEVELS; level++) {
      String what = "%s %s case %d level %d".formatted(engine, model.name(), index, level);
      Tensor cls = Objects.requireNonNull(outputs.get("cls" + level));
      for (String output : List.of("reg" + level, "obj" + level)) {
        float[] found = Objects.requireNonNull(outputs.get(output)).toFloats();
        Golden.assertClose(what, golden.floats(index, output), found, TOLERANCE);
      }
      if (golden.has(index, "cls" + level)) {
        Golden.assertClose(what, golden.floats(index, "cls" + level), cls.toFloats(), TOLERANCE);
      }
      if (golden.has(index, "clsmax" + level)) {
        Golden.assertClose(what, golden.floats(index, "clsmax" + level), best(cls), TOLERANCE);
      }
    }
  }

  /** The largest of the classes, cell by cell. */
  private static float[] best(Tensor cls) {
    int classes = cls.shape().dim(1);
    float[] all = cls.toFloats();
    float[] best = new float[all.length / classes];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < all.length; i++) {
      int cell = i % best.length;
      best[cell] = Math.max(best[cell], all[i]);
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(strings = {"yolox_nano_humanart", "yolox_tiny_humanart", "yolox_s_coco_face"})
  void boxesOfEveryClassAreUpstreams(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    List<String> everything =
        IntStream.range(0, model.spec().labels().size()).mapToObj(Integer::toString).toList();
    try (PersonDetector detector =
        PersonDetector.of(
            model, Engines.choose("auto", "auto").engine(), EngineOptions.DEFAULT, everything)) {
      for (int i = 0; i < golden.cases(); i++) {
        String picture = "oracle/prep/src_" + golden.info(i).get("image").asText() + ".png";
        List<Detection> found = detector.detect(Images.read(SharedData.path(picture)));
        check(
            golden.floats(i, "det_bboxes"),
            golden.floats(i, "det_scores"),
            labels(golden.get(i, "det_labels")),
            found);
      }
    }
  }

  @Test
  void publishedWeightsFindWhatTheyFindUpstream() throws IOException {
    String name = "oracle/real/yolox_nano_humanart_folded";
    Map<String, Tensor> expected = Npz.read(SharedData.path(name + ".npz"));
    Model model = ModelSources.open(SharedData.path(name + ".pth").toString());
    try (PersonDetector detector =
        PersonDetector.of(model, Engines.choose("auto", "auto").engine(), EngineOptions.DEFAULT)) {
      for (String picture : List.of("coco785", "coco40083", "coco197388", "rtmlib_demo", "wade")) {
        List<Detection> found =
            detector.detect(Images.read(SharedData.path("oracle/prep/src_" + picture + ".png")));
        int[] labels = labels(Objects.requireNonNull(expected.get(picture + "_labels")));
        assertTrue(IntStream.of(labels).allMatch(label -> label == 0));
        check(
            Objects.requireNonNull(expected.get(picture + "_bboxes")).toFloats(),
            Objects.requireNonNull(expected.get(picture + "_scores")).toFloats(),
            labels,
            found);
      }
    }
  }

  private static int[] labels(Tensor tensor) {
    return IntStream.range(0, (int) tensor.shape().elements())
        .map(i -> (int) tensor.bytes().getLong(Long.BYTES * i))
        .toArray();
  }

  private static void check(float[] boxes, float[] scores, int[] labels, List<Detection> found) {
    assertEquals(scores.length, found.size(), NEAR_TIES);
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      Box box = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
      Detection expected = new Detection(box, scores[i], labels[i]);
      if (found.stream().noneMatch(d -> same(d, expected))) {
        missed.add(expected.toString());
      }
    }
    assertTrue(missed.size() <= NEAR_TIES, missed::toString);
  }

  private static boolean same(Detection found, Detection expected) {
    Box a = found.box();
    Box b = expected.box();
    return found.label() == expected.label()
        && Math.abs(found.score() - expected.score()) < 1e-3
        && Math.abs(a.x1() - b.x1()) < PIXELS
        && Math.abs(a.y1() - b.y1()) < PIXELS
        && Math.abs(a.x2() - b.x2()) < PIXELS
        && Math.abs(a.y2() - b.y2()) < PIXELS;
  }
}
