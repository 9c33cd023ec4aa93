package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.architectures.simcc.RandomSpecs;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Crops and decoding, with an engine whose every answer is one bin per axis. */
class TopDownEstimatorTest {
  private static final Image PICTURE = Image.ofBgr(200, 100, new byte[200 * 100 * 3]);
  private static final Detection PERSON = new Detection(new Box(60, 10, 140, 90), 0.75f, 0);
  private static final Camera CAMERA = Camera.nominal(200, 100);

  @Test
  void keypointsWithoutDepthLieInThePictureAlone() throws IOException {
    PersonPose person = estimate(new RandomSpecs(1).next("rtmpose", 64, 64), 1);
    assertFalse(person.has3d());
    // A box of 80 pixels is padded to 100: half of the crop is in the middle of the box.
    assertArrayEquals(new float[] {100, 50}, person.keypoints()[0], 1e-3f);
    assertEquals(PERSON.score(), person.bboxScore());
  }

  @Test
  void keypointsWithDepthLieInTheCamerasFrameToo() throws IOException {
    PersonPose person = estimate(new RandomSpecs(2).next("rtmw3d", 64, 64), 1);
    assertArrayEquals(new float[] {100, 50}, person.keypoints()[0], 1e-3f);
    assertArrayEquals(
        new float[] {0, 0, (float) Camera.NOMINAL_ROOT_DEPTH}, person.keypoints3d()[0], 1e-3f);
  }

  @Test
  void aKeypointThatWasNotFoundIsHalfABinBeforeTheCrop() throws IOException {
    ModelSpec spec = new RandomSpecs(3).next("rtmw", 64, 64);
    float bin = 100f / spec.hyper("bins_x");
    PersonPose person = estimate(spec, -1);
    assertArrayEquals(new float[] {50 - bin, -bin}, person.keypoints()[0], 1e-3f);
    assertEquals(-1, person.scores()[0]);
  }

  @Test
  void scoresStandForVisibilityWhereTheCodecHasNone() throws IOException {
    PersonPose person = estimate(new RandomSpecs(4).next("rtmpose", 64, 64), 1.5f);
    assertArrayEquals(person.scores(), person.visibilities());
  }

  @Test
  void visibilityIsAProbability() throws IOException {
    ModelSpec spec = new RandomSpecs(5).next("rtmw", 64, 64);
    Codec.Simcc plain = (Codec.Simcc) spec.codec();
    PersonPose person =
        estimate(
            spec.withCodec(
                new Codec.Simcc(plain.splitRatio(), 0, 0, 0, Codec.Visibility.ofSigma(6, 6))),
            1.5f);
    assertEquals(1.5f, person.scores()[0]);
    assertEquals(1, person.visibilities()[0], 1e-6);
  }

  @Test
  void aDetectorIsRefused() {
    Codec boxes = new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f);
    Model model = model(new RandomSpecs(6).next("rtmpose", 64, 64).withCodec(boxes));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TopDownEstimator.of(model, new PeakEngine(1), EngineOptions.DEFAULT, false));
    assertTrue(e.getMessage().startsWith("expected a top-down pose model"), e.getMessage());
  }

  private static PersonPose estimate(ModelSpec spec, float peak) throws IOException {
    try (TopDownEstimator estimator =
        TopDownEstimator.of(model(spec), new PeakEngine(peak), EngineOptions.DEFAULT, false)) {
      return estimator
          .estimate(List.of(new View(PICTURE, List.of(PERSON), CAMERA)))
          .get(0)
          .persons()
          .get(0);
    }
  }

  private static Model model(ModelSpec spec) {
    return new Model("made", spec, new MapWeights(Map.of()), new Provenance("", "", "", ""));
  }

  /** Answers every picture with one value in the middle bin, all others smaller by 1. */
  private record PeakEngine(float peak) implements Engine {
    @Override
    public String name() {
      return "peak";
    }

    @Override
    public EngineProbe probe() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
      return new PeakModel(network, peak);
    }
  }

  private record PeakModel(Network network, float peak) implements CompiledModel, Session {
    @Override
    public String description() {
      return "peak";
    }

    @Override
    public Session newSession() {
      return this;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      network.outputs().forEach((name, value) -> outputs.put(name, peaks(value.shape().dims())));
      return outputs;
    }

    private Tensor peaks(int[] dims) {
      float[] values = new float[dims[1] * dims[2]];
      Arrays.fill(values, peak - 1);
      for (int k = 0; k < dims[1]; k++) {
        values[k * dims[2] + dims[2] / 2] = peak;
      }
      return Tensor.of(values, 1, dims[1], dims[2]);
    }

    @Override
    public void close() {}
  }
}
