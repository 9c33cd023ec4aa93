package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.architectures.rtmo.SmallRtmo;
import io.github.rtmjava.architectures.simcc.RandomSpecs;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The way of pictures through both networks, with an engine that finds a person of one cell's size
 * in the first cell of every picture whose corner is brighter than its border, and flat heatmaps.
 */
class OneStageEstimatorTest {
  private static final Image BRIGHT = picture(128, 128, 200);
  private static final Image DARK = picture(128, 128, 20);

  @Test
  void aPersonComesBackInThePicturesPixels() throws IOException {
    PersonPose person = estimate(List.of(BRIGHT)).get(0).persons().get(0);
    // The cell's middle is at 7.5 of 64 pixels, its side 16; half a pixel reaches beyond the input.
    assertArrayEquals(new float[] {0, 0, 31, 31}, person.bbox().toArray(), 1e-3f);
    assertArrayEquals(new float[] {15, 15}, person.keypoints()[4], 1e-3f);
    assertFalse(person.has3d());
    assertEquals(0.5f, person.bboxScore());
    assertEquals(0.5f, person.scores()[0]);
  }

  @Test
  void whatIsAboveAWidePictureIsGrey() throws IOException {
    assertEquals(0, estimate(List.of(picture(256, 128, 255))).get(0).size());
  }

  @Test
  void peopleGoToTheirPictures() throws IOException {
    List<PoseResult> results = estimate(List.of(DARK, BRIGHT, DARK, BRIGHT));
    assertEquals(List.of(0, 1, 0, 1), results.stream().map(PoseResult::size).toList());
  }

  @Test
  void nobodyIsFoundInNoPicture() throws IOException {
    assertEquals(List.of(), estimate(List.of()));
  }

  @Test
  void peopleAreChosenAsEachRequestSays() throws Exception {
    PosePipeline pipeline = new PosePipeline(estimator(), null, PoseOptions.DEFAULT);
    try (PoseInferencer inferencer = new PoseInferencer(pipeline, 8, Redirects.PUBLIC)) {
      PoseOptions strict = PoseOptions.DEFAULT.withBboxThreshold(0.9f);
      assertEquals(
          1, inferencer.submit(new PoseRequest(BRIGHT, inferencer.options())).get().size());
      assertEquals(0, inferencer.submit(new PoseRequest(BRIGHT, strict)).get().size());
      PoseRequest boxes = new PoseRequest(BRIGHT, List.of(new Box(0, 0, 9, 9)), strict);
      assertThrows(IllegalArgumentException.class, () -> inferencer.submit(boxes));
    }
  }

  @Test
  void itNeedsNoBoxes() throws IOException {
    try (OneStageEstimator estimator = estimator()) {
      assertFalse(estimator.needsBoxes());
    }
  }

  @Test
  void aTopDownModelIsRefused() {
    Model model = model(new RandomSpecs(6).next("rtmpose", 64, 64));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> OneStageEstimator.of(model, runners(new CornerEngine())));
    assertTrue(e.getMessage().startsWith("expected a one-stage pose model"), e.getMessage());
  }

  private static Image picture(int width, int height, int level) {
    byte[] bgr = new byte[width * height * 3];
    Arrays.fill(bgr, (byte) level);
    return Image.ofBgr(width, height, bgr);
  }

  private static List<PoseResult> estimate(List<Image> pictures) throws IOException {
    try (OneStageEstimator estimator = estimator()) {
      return NativePicture.lend(
              pictures,
              all ->
                  estimator.submit(
                      all.stream().map(p -> new View(p, List.of(), Camera.nominal(9, 9))).toList(),
                      Deadline.NONE))
          .join();
    }
  }

  @Test
  void anErrorWhileItIsMadeLeavesNoNetworkOpen() {
    AtomicInteger open = new AtomicInteger();
    Engine engine =
        new LeakEngine(
            open,
            new ArrayList<>(),
            network -> {
              if (network.inputs().get(0).name().equals("image")) {
                throw new OutOfMemoryError("made up");
              }
            });
    assertThrows(
        OutOfMemoryError.class,
        () -> OneStageEstimator.of(model(SmallRtmo.spec(5, "five", 64, 64)), runners(engine)));
    assertEquals(0, open.get(), "the classifier is closed");
  }

  private static OneStageEstimator estimator() throws IOException {
    return OneStageEstimator.of(
        model(SmallRtmo.spec(5, "five", 64, 64)), runners(new CornerEngine()));
  }

  private static Runners runners(Engine engine) {
    return Runners.immediate(engine, EngineOptions.DEFAULT);
  }

  private static Model model(ModelSpec spec) {
    return new Model("made", spec, new MapWeights(Map.of()), new Provenance("", "", "", ""));
  }

  private record CornerEngine() implements Engine {
    @Override
    public String name() {
      return "corner";
    }

    @Override
    public EngineProbe probe() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
      return new CornerModel(network);
    }
  }

  private record CornerModel(Network network) implements CompiledModel, Session {
    @Override
    public String description() {
      return "corner";
    }

    @Override
    public Session newSession() {
      return this;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      int batch = inputs.values().iterator().next().shape().dim(0);
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      network
          .outputs()
          .forEach(
              (name, value) ->
                  outputs.put(
                      name, Tensor.allocate(DType.FLOAT32, value.shape().withBatch(batch))));
      Tensor image = inputs.get("image");
      if (image != null) {
        score(image.floats(), outputs.get("cls0").floats(), batch);
        Tensor coarse = outputs.get("cls1");
        for (int i = 0; i < coarse.shape().elements(); i++) {
          coarse.floats().put(i, -20);
        }
      }
      return outputs;
    }

    /** Zero in the first cell of bright pictures, nobody in all others. */
    private static void score(FloatBuffer pixels, FloatBuffer scores, int batch) {
      int cells = scores.capacity() / batch;
      int size = pixels.remaining() / batch;
      for (int i = 0; i < scores.capacity(); i++) {
        boolean found = i % cells == 0 && pixels.get(i / cells * size) > 114;
        scores.put(i, found ? 0 : -20);
      }
    }

    @Override
    public void close() {}
  }
}
