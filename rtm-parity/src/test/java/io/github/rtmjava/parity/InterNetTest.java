package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.decode.HandDecoder;
import io.github.rtmjava.pose.decode.HandKeypoints;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * InterNet at full size, from upstream's own 8-bit crops, on every engine that can run here: its
 * outputs, and the hands that they show.
 */
class InterNetTest {
  private static final int KEYPOINTS = 21;
  private static final int CELLS = 64;

  /** Of the volumes' cells, one in so many along every axis is known. */
  private static final int STEP = 4;

  /** A share of the output's own range. */
  private static final double TOLERANCE = 1e-3;

  /** A share of the output's own range: what another order of summation may cost. */
  private static final double SAME = 1e-4;

  /** The volumes' range is about 450. */
  private static final float SCORES = 0.02f;

  private final Golden golden;
  private final Model model;
  private final HandDecoder decoder;

  InterNetTest() throws IOException {
    golden = Golden.of("internet_res50_interhand3d_256x256");
    model = golden.model();
    decoder = new HandDecoder((Codec.HandVolumes) model.spec().codec(), model.spec().input());
  }

  @Test
  void matchesUpstream() throws IOException {
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (CompiledModel compiled =
                engine.compile(model.network(), model.weights(), EngineOptions.DEFAULT);
            Session session = compiled.newSession()) {
          check(engine.name(), session);
        }
      }
    }
  }

  /** What mmpose's demo draws, before it turns the axes; its depths are in millimetres. */
  @Test
  void photographsShowWhatUpstreamsDemoDraws() throws IOException {
    try (PoseInferencer inferencer = PoseInferencer.builder().model(model).noDetector().build()) {
      for (int i = 0; i < golden.cases(); i++) {
        String name = golden.info(i).get("image").asText();
        Image image = Images.read(SharedData.path("oracle/prep/src_" + name + ".png"));
        PoseResult result = inferencer.predict(image, List.of(box(i)));
        PersonPose pair = result.persons().get(0);
        float[] expected = golden.floats(i, "demo_kpts_before_rot");
        assertEquals(Frame3d.UVD, result.frame());
        assertArrayEquals(golden.floats(i, "demo_scores"), pair.scores(), SCORES / 255);
        for (int k = 0; k < 2 * KEYPOINTS; k++) {
          float[] uvd = pair.keypoints3d()[k];
          assertEquals(expected[3 * k], uvd[0], 1e-2);
          assertEquals(expected[3 * k + 1], uvd[1], 1e-2);
          assertEquals(expected[3 * k + 2] / 1000, uvd[2], 1e-6);
        }
      }
    }
  }

  private Box box(int index) {
    float[] box = golden.floats(index, "bbox_xyxy");
    return new Box(box[0], box[1], box[2], box[3]);
  }

  /** Both crops as one batch, then the first by itself. */
  private void check(String engine, Session session) {
    Map<String, Tensor> both = session.run(Map.of("image", input(2)));
    Map<String, float[]> first = new LinkedHashMap<>();
    both.forEach((name, tensor) -> first.put(name, row(tensor, 0)));
    for (int i = 0; i < 2; i++) {
      String where = engine + " case " + i + " ";
      Golden.assertClose(
          where + "volumes", golden.floats(i, "heatmaps_stride4"), samples(both, i), TOLERANCE);
      assertArrayEquals(
          golden.floats(i, "hand_type_logit"), row(tensor(both, "hand_type"), i), 1e-3f);
      checkHands(i, decoder.decode(both, i));
    }
    session
        .run(Map.of("image", input(1)))
        .forEach(
            (name, tensor) ->
                Golden.assertClose(
                    engine + " alone " + name, first.get(name), tensor.toFloats(), SAME));
  }

  private Tensor input(int batch) {
    Tensor input =
        Tensor.allocate(DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(batch));
    ImageNormalizer normalizer = new ImageNormalizer(model.spec().input());
    for (int i = 0; i < batch; i++) {
      normalizer.normalize(golden.picture(i, "crop_bgr_u8_hwc"), input, i);
    }
    return input;
  }

  private void checkHands(int index, HandKeypoints found) {
    InputSpec input = model.spec().input();
    CropGeometry crop = CropGeometry.of(box(index), input.width(), input.height());
    float[] inCrop = golden.floats(index, "kpts_codec_xyz");
    float[] inPicture = golden.floats(index, "official_kpts");
    assertArrayEquals(golden.floats(index, "scores"), found.scores(), SCORES);
    for (int k = 0; k < 2 * KEYPOINTS; k++) {
      assertEquals(inCrop[3 * k], found.x()[k]);
      assertEquals(inCrop[3 * k + 1], found.y()[k]);
      assertEquals(inCrop[3 * k + 2] / 1000, found.z()[k], 1e-6);
      assertEquals(inPicture[3 * k], crop.imageX(found.x()[k]), 1e-3);
      assertEquals(inPicture[3 * k + 1], crop.imageY(found.y()[k]), 1e-3);
    }
    float[] types = golden.floats(index, "hand_type");
    assertEquals(types[0] == 1, found.hands().right());
    assertEquals(types[1] == 1, found.hands().left());
    assertEquals(
        golden.floats(index, "rel_root_depth")[0] / 1000, found.hands().relativeRootDepth(), 1e-6);
  }

  /** One crop's cells that are known, right before left. */
  private static float[] samples(Map<String, Tensor> outputs, int crop) {
    int each = CELLS / STEP;
    float[] samples = new float[2 * KEYPOINTS * each * each * each];
    int at = 0;
    for (String hand : new String[] {"right_volumes", "left_volumes"}) {
      FloatBuffer values = tensor(outputs, hand).floats();
      int start = crop * KEYPOINTS * CELLS;
      for (int slice = start; slice < start + KEYPOINTS * CELLS; slice += STEP) {
        for (int y = 0; y < CELLS; y += STEP) {
          for (int x = 0; x < CELLS; x += STEP) {
            samples[at++] = values.get((slice * CELLS + y) * CELLS + x);
          }
        }
      }
    }
    return samples;
  }

  private static float[] row(Tensor tensor, int crop) {
    int elements = Math.toIntExact(tensor.shape().with(0, 1).elements());
    float[] row = new float[elements];
    tensor.floats().position(crop * elements).get(row);
    return row;
  }

  private static Tensor tensor(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new AssertionError("no output " + name);
    }
    return tensor;
  }
}
