package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keypoints of the people in upstream's own boxes, from whole photographs. */
class PoseTest {
  private static final double PIXELS = 0.01;
  private static final double METRES = 1e-4;

  /** Where the best two bins are nearer than this, either may win. */
  private static final float TIE = 1e-3f;

  @ParameterizedTest
  @ValueSource(strings = {"rtmw3d-l_384x288", "rtmw3d-tiny_384x288"})
  void matchesUpstream(String name) throws IOException {
    Golden golden = Golden.of(name);
    for (int i = 0; i < golden.cases(); i++) {
      Image image =
          Images.read(
              SharedData.path("oracle/prep/src_" + golden.info(i).get("image").asText() + ".png"));
      // Upstream exchanges width and height when it places the principal point.
      Camera camera = Camera.nominal(/* width= */ image.height(), /* height= */ image.width());
      try (RtmPose3D model =
          RtmPose3D.builder().model(golden.model()).noDetector().camera(camera).build()) {
        float[] box = golden.floats(i, "bbox_xyxy");
        check(
            golden,
            i,
            model
                .predict(image, List.of(new Box(box[0], box[1], box[2], box[3])))
                .persons()
                .get(0));
      }
    }
  }

  private static void check(Golden golden, int index, PersonPose found) {
    float[] expected2d = golden.floats(index, "mode3d_transformed_keypoints");
    float[] expected3d = golden.floats(index, "mode3d_keypoints");
    float[] scores = golden.floats(index, "scores");
    int compared = 0;
    for (int k = 0; k < scores.length; k++) {
      assertEquals(scores[k], found.scores()[k], 1e-3);
      if (tie(golden, index, k)) {
        continue;
      }
      compared++;
      for (int axis = 0; axis < 2; axis++) {
        assertEquals(expected2d[2 * k + axis], found.keypoints()[k][axis], PIXELS);
      }
      for (int axis = 0; axis < 3; axis++) {
        assertEquals(expected3d[3 * k + axis], found.keypoints3d()[k][axis], METRES);
      }
    }
    assertTrue(compared > scores.length * 0.9, compared + " keypoints without a tie");
  }

  private static boolean tie(Golden golden, int index, int keypoint) {
    return golden.floats(index, "simcc_x_top2margin")[keypoint] < TIE
        || golden.floats(index, "simcc_y_top2margin")[keypoint] < TIE
        || golden.floats(index, "simcc_z_top2margin")[keypoint] < TIE;
  }
}
