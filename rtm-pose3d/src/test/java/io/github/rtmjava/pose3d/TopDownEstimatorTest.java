package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.architectures.simcc.RandomSpecs;
import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePicture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.pose.PersonPose;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            IllegalArgumentException.class, () -> TopDownEstimator.of(model, runners(1), false));
    assertTrue(e.getMessage().startsWith("expected a top-down pose model"), e.getMessage());
  }

  private static PersonPose estimate(ModelSpec spec, float peak) throws IOException {
    try (NativePicture picture = NativePicture.of(PICTURE);
        TopDownEstimator estimator = TopDownEstimator.of(model(spec), runners(peak), false)) {
      return estimator
          .submit(List.of(new View(picture, List.of(PERSON), CAMERA)), Deadline.NONE)
          .join()
          .get(0)
          .persons()
          .get(0);
    }
  }

  @Test
  void aFlipTestNeedsRoomForTwoImages() throws IOException {
    ModelSpec spec = new RandomSpecs(1).next("rtmpose", 64, 64);
    Map<String, Integer> hyper = new TreeMap<>(spec.hyperParameters());
    hyper.put(ModelSpec.KEYPOINTS, 17);
    Model model =
        model(
            new ModelSpec(
                spec.architecture(),
                spec.task(),
                spec.input(),
                spec.codec(),
                List.of("coco"),
                hyper));
    Runners narrow =
        new Runners(
            new PeakEngine(1),
            EngineOptions.DEFAULT,
            new BatchLimits(1, Duration.ZERO, /* sessions= */ 1, /* queue= */ 1));
    TopDownEstimator.of(model, narrow, false).close();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> TopDownEstimator.of(model, narrow, true));
    assertTrue(e.getMessage().startsWith("expected batches of at least 2"), e.getMessage());
  }

  private static Runners runners(float peak) {
    return Runners.immediate(new PeakEngine(peak), EngineOptions.DEFAULT);
  }

  private static Model model(ModelSpec spec) {
    return new Model("made", spec, new MapWeights(Map.of()), new Provenance("", "", "", ""));
  }
}
