package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole way with RTMO, from photographs to boxes and keypoints, on every engine that can run
 * here: picture by picture, and both as one batch.
 */
class RtmoTest {
  private static final float BOX_PIXELS = 0.1f;
  private static final float KEYPOINT_PIXELS = 0.01f;
  private static final float SCORE = 1e-3f;

  /**
   * The share of keypoints that must be as near as that. Made-up weights weigh waves of one pixel
   * as much as long ones and make heatmaps of several peaks far from each other: there the last
   * bits of a box decide. {@link RtmoClassifierTest} has the boxes given.
   */
  private static final double USUAL = 0.7;

  private static final double WORST_PIXELS = 2;

  @ParameterizedTest
  @ValueSource(strings = {"rtmo-t_body7_416", "rtmo-s_body7_640", "rtmo-m_body7_640"})
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = golden.model();
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < golden.cases(); i++) {
      String file = "oracle/prep/src_" + golden.info(i).get("image").asText() + ".png";
      pictures.add(Images.read(SharedData.path(file)));
    }
    for (Engine engine : Engines.all()) {
      if (engine.probe().usable()) {
        try (PoseInferencer inferencer =
            PoseInferencer.builder().model(model).engine(engine.name()).build()) {
          List<PoseResult> together = inferencer.predict(pictures);
          for (int i = 0; i < pictures.size(); i++) {
            String what = "%s %s case %d".formatted(engine.name(), name, i);
            check(what, golden, i, inferencer.predict(pictures.get(i)));
            check(what + " in a batch", golden, i, together.get(i));
          }
        }
      }
    }
  }

  private static void check(String what, Golden golden, int index, PoseResult found) {
    float[] boxes = golden.floats(index, "final_bboxes");
    float[] boxScores = golden.floats(index, "final_bbox_scores");
    float[] keypoints = golden.floats(index, "final_keypoints");
    float[] scores = golden.floats(index, "final_keypoint_scores");
    assertEquals(boxScores.length, found.size(), what);
    double worstBox = 0;
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      PersonPose person = found.persons().get(i);
      assertEquals(boxScores[i], person.bboxScore(), SCORE, what);
      worstBox = Math.max(worstBox, difference(boxes, 4 * i, person.bbox().toArray()));
      for (int k = 0; k < person.size(); k++) {
        int at = i * person.size() + k;
        assertEquals(scores[at], person.scores()[k], SCORE, what);
        differences.add(difference(keypoints, 2 * at, person.keypoints()[k]));
      }
    }
    differences.sort(null);
    double usual = differences.get((int) (USUAL * (differences.size() - 1)));
    double worst = differences.get(differences.size() - 1);
    assertEquals(0, worstBox, BOX_PIXELS, what);
    assertEquals(0, usual, KEYPOINT_PIXELS, what);
    assertEquals(0, worst, WORST_PIXELS, what);
  }

  private static double difference(float[] expected, int at, float[] found) {
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      double difference = Math.abs((double) expected[at + i] - found[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst;
  }
}
