package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The embedded models on the pictures that come with the program. */
class PoseInferencerTest {
  private static final Path SAMPLES = Checkout.file("samples");

  private static PoseInferencer inferencer;
  private static List<Image> images;

  @BeforeAll
  static void open() throws IOException {
    inferencer = PoseInferencer.of("default");
    images =
        List.of(
            Images.read(SAMPLES.resolve("scene_03.png")),
            Images.read(SAMPLES.resolve("scene_05.png")),
            Images.read(SAMPLES.resolve("scene_11.png")));
  }

  @AfterAll
  static void close() {
    inferencer.close();
  }

  @Test
  void picturesTogetherGiveWhatEachGivesAlone() {
    List<PoseResult> together = inferencer.predict(images);
    assertTrue(together.stream().mapToInt(PoseResult::size).sum() > 3);
    for (int i = 0; i < images.size(); i++) {
      assertSame(inferencer.predict(images.get(i)), together.get(i));
    }
  }

  @Test
  void aFolderGivesItsPicturesInOrder() throws FileNotFoundException {
    try (Stream<Inference> all = inferencer.infer(SAMPLES.toString())) {
      List<Inference> results = all.toList();
      assertEquals(
          List.of("scene_03.png", "scene_05.png", "scene_11.png"),
          results.stream().map(result -> result.picture().fileName()).toList());
      for (int i = 0; i < images.size(); i++) {
        Inference.Found found = assertInstanceOf(Inference.Found.class, results.get(i));
        assertSame(inferencer.predict(images.get(i)), found.result());
      }
    }
  }

  @Test
  void picturesOfSeveralKindsGoTogether() throws IOException {
    byte[] file = Files.readAllBytes(SAMPLES.resolve("scene_05.png"));
    try (Stream<Inference> all =
        inferencer.infer(
            Stream.of(
                Picture.of("memory", images.get(1)),
                Picture.of("desktop", images.get(1).toBufferedImage()),
                Picture.of("stream", new ByteArrayInputStream(file))))) {
      all.forEach(
          result ->
              assertSame(
                  inferencer.predict(images.get(1)),
                  assertInstanceOf(Inference.Found.class, result).result()));
    }
  }

  @Test
  void withoutADetectorTheWholePictureIsOnePersonsBox() throws IOException {
    try (PoseInferencer whole = PoseInferencer.builder().noDetector().build()) {
      PoseResult result = whole.predict(images.get(0));
      assertEquals(1, result.size());
      assertEquals(new Box(0, 0, result.width(), result.height()), result.persons().get(0).bbox());
    }
  }

  @Test
  void aSecondSuppressionLeavesOutBoxesThatOverlap() throws IOException {
    try (PoseInferencer strict = PoseInferencer.builder().bboxThreshold(0.05f).nmsIou(0).build()) {
      for (PoseResult result : strict.predict(images)) {
        List<PersonPose> people = result.persons();
        for (int i = 0; i < people.size(); i++) {
          for (int j = 0; j < i; j++) {
            assertEquals(0, people.get(i).bbox().iou(people.get(j).bbox()));
          }
        }
      }
    }
  }

  @Test
  void namesThatLeadNowhereAreRefusedAtOnce() {
    assertThrows(FileNotFoundException.class, () -> inferencer.infer("nowhere/*.jpg"));
  }

  @Test
  void aFlipTestNeedsTwoDimensions() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PoseInferencer.builder().flipTest(true).build().close());
  }

  private static void assertSame(PoseResult expected, PoseResult found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      PersonPose a = expected.persons().get(i);
      PersonPose b = found.persons().get(i);
      assertArrayEquals(a.bbox().toArray(), b.bbox().toArray(), 0.05f);
      int far = 0;
      for (int k = 0; k < a.size(); k++) {
        // A batch sums in another order: boxes differ in the last bits, bins at ties.
        far += Math.abs(a.keypoints()[k][0] - b.keypoints()[k][0]) > 1 ? 1 : 0;
      }
      assertTrue(far <= a.size() / 20, far + " keypoints differ");
    }
  }
}
