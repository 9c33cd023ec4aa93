package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes after non-maximum suppression, from whole photographs. */
class DetectionTest {
  private static final double PIXELS = 0.1;

  /** IoUs and scores as near to a threshold as this may fall on its other side. */
  private static final int NEAR_TIES = 1;

  @ParameterizedTest
  @ValueSource(strings = {"rtmdet_m_640_person", "rtmdet_nano_320_hand"})
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    try (PersonDetector detector =
        PersonDetector.of(
            golden.model(), Engines.choose("auto", "auto").engine(), EngineOptions.DEFAULT)) {
      for (int i = 0; i < golden.cases(); i++) {
        String picture = "oracle/prep/src_" + golden.info(i).get("image").asText() + ".png";
        List<Detection> found = detector.detect(Images.read(SharedData.path(picture)));
        check(golden.floats(i, "det_bboxes"), golden.floats(i, "det_scores"), found);
      }
    }
  }

  private static void check(float[] boxes, float[] scores, List<Detection> found) {
    assertEquals(scores.length, found.size(), NEAR_TIES);
    int missed = 0;
    for (int i = 0; i < scores.length; i++) {
      Box expected = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
      float score = scores[i];
      if (found.stream().noneMatch(d -> same(d, expected, score))) {
        missed++;
      }
    }
    assertTrue(missed <= NEAR_TIES, missed + " of " + scores.length + " boxes are not found");
  }

  private static boolean same(Detection found, Box box, float score) {
    Box b = found.box();
    return Math.abs(found.score() - score) < 1e-3
        && Math.abs(b.x1() - box.x1()) < PIXELS
        && Math.abs(b.y1() - box.y1()) < PIXELS
        && Math.abs(b.x2() - box.x2()) < PIXELS
        && Math.abs(b.y2() - box.y2()) < PIXELS;
  }
}
