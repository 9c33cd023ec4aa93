package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keypoints in photographs with upstream's own test settings, of which the flip test is one. */
class FlipTestTest {
  private static final double PIXELS = 0.01;
  private static final double SCORE = 1e-3;

  /** Where the best two bins are nearer than this, either may win. */
  private static final float TIE = 1e-3f;

  @ParameterizedTest
  @ValueSource(strings = {"rtmpose-t_body8_256x192", "rtmpose-m_hand5_256x256"})
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    try (PoseInferencer model =
        PoseInferencer.builder().model(golden.model()).noDetector().flipTest(true).build()) {
      for (int i = 0; i < golden.cases(); i++) {
        String source = golden.info(i).get("image").asText();
        Image image = Images.read(SharedData.path("oracle/prep/src_" + source + ".png"));
        float[] box = golden.floats(i, "bbox_xyxy");
        PersonPose found =
            model.predict(image, List.of(new Box(box[0], box[1], box[2], box[3]))).persons().get(0);
        check(golden, i, found);
      }
    }
  }

  private static void check(Golden golden, int index, PersonPose found) {
    float[] keypoints = golden.floats(index, "official_kpts_img");
    float[] scores = golden.floats(index, "official_scores");
    float[] marginX = golden.floats(index, "flip_avg_x_top2margin");
    float[] marginY = golden.floats(index, "flip_avg_y_top2margin");
    int compared = 0;
    for (int k = 0; k < scores.length; k++) {
      assertEquals(scores[k], found.scores()[k], SCORE);
      if (Math.min(marginX[k], marginY[k]) >= TIE) {
        assertEquals(keypoints[2 * k], found.keypoints()[k][0], PIXELS);
        assertEquals(keypoints[2 * k + 1], found.keypoints()[k][1], PIXELS);
        compared++;
      }
    }
    assertTrue(compared > scores.length * 0.8, compared + " keypoints without a tie");
  }
}
