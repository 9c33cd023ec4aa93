package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.architectures.rtmdet.RandomRtmDet;
import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePictures;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.runtime.Futures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The detector's upload of a picture is still there for the crops, and gone afterwards. */
class SharedUploadTest {
  private final MadeUpEstimator estimator = new MadeUpEstimator();
  private PosePipeline pipeline;

  @BeforeEach
  void open() throws IOException {
    Model model =
        new Model(
            "made",
            RandomRtmDet.random(new SplittableRandom(1)).withInput(InputSpec.bgr(64, 64)),
            new MapWeights(Map.of()),
            new Provenance("", "", "", ""));
    Runners runners = Runners.immediate(new PeakEngine(1), EngineOptions.DEFAULT);
    PersonDetector detector = PersonDetector.of(model, runners, List.of("0"));
    pipeline = new PosePipeline(estimator, detector, PoseOptions.DEFAULT);
  }

  @AfterEach
  void nothingIsLeft() {
    pipeline.close();
    assertEquals(0, NativePictures.open());
  }

  @Test
  void ofPictures() {
    List<Image> images = List.of(image(60), image(80));
    assertEquals(2, Futures.get(pipeline.submit(images, Deadline.NONE)).size());
    assertEquals(List.of(2), estimator.uploaded);
  }

  @Test
  void ofAPictureThatCannotBeLookedAt() {
    List<Image> images = List.of(image(60), image(MadeUpEstimator.BAD_WIDTH));
    assertThrows(
        IllegalStateException.class, () -> Futures.get(pipeline.submit(images, Deadline.NONE)));
  }

  @Test
  void ofFrames() {
    try (Stream<Followed> all = follow(9, 4)) {
      assertEquals(9, all.count());
    }
    assertEquals(List.of(4, 4, 1), estimator.batches);
    for (int i = 0; i < 3; i++) {
      assertTrue(estimator.uploaded.get(i) >= estimator.batches.get(i), "batch " + i);
    }
  }

  @Test
  void ofFramesThatNobodyWaitsFor() {
    for (int results = 0; results < 9; results++) {
      try (Stream<Followed> all = follow(1000, 2)) {
        assertEquals(results, all.limit(results).count());
      }
      assertEquals(0, NativePictures.open());
    }
  }

  @Test
  void ofFramesThatArePushed() {
    PoseFollower follower =
        new PoseFollower(new Following(pipeline, FollowOptions.DEFAULT, /* boxes= */ null));
    follower.next(image(60), 0);
    follower.next(image(60), 1);
    assertEquals(List.of(1, 1), estimator.uploaded);
    assertEquals(0, NativePictures.open());
  }

  private Stream<Followed> follow(int count, int batch) {
    Stream<VideoFrame> frames =
        IntStream.range(0, count).mapToObj(i -> new VideoFrame(i, i / 25.0, image(60)));
    return FrameFlow.of(
        frames.iterator(),
        new Following(pipeline, FollowOptions.DEFAULT, /* boxes= */ null),
        /* live= */ false,
        batch);
  }

  private static Image image(int width) {
    return Image.ofBgr(width, 48, new byte[width * 48 * 3]);
  }
}
