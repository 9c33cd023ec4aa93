package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RTMDet-m and RTMW3D-L on photographs, as the Python package rtmpose3d returns them. */
class EndToEndTest {
  private static final double BOX_PIXELS = 0.1;

  /** A box that moves by 0.1 pixel moves keypoints too; bins are half a crop pixel. */
  private static final double KEYPOINT_PIXELS = 0.25;

  private static final double METRES = 0.02;

  /** A crop whose box moved a little differs by a grey level here and there. */
  private static final double SCORE = 5e-3;

  @ParameterizedTest
  @CsvSource({"rtmlib_demo,0.3,all", "coco785,0.5,all", "coco785,0.3,single"})
  void matchesRtmpose3d(String picture, float threshold, String people) throws IOException {
    Map<String, Tensor> golden = Npz.read(SharedData.path("oracle/golden/e2e_rtmpose3d_l.npz"));
    Image image = Images.read(SharedData.path("oracle/prep/src_" + picture + ".png"));
    String prefix = "%s__thr%s__%s__".formatted(picture, threshold, people);
    try (RtmPose3D model =
        RtmPose3D.builder()
            .model(Golden.madeModel("rtmw3d-l_384x288"))
            .detector(Golden.madeModel("rtmdet_m_640_person"))
            .bboxThreshold(threshold)
            .singlePerson(people.equals("single"))
            .compat(Compat.RTMPOSE3D)
            .build()) {
      PoseResult result = model.predict(image);
      float[] boxes = floats(golden, prefix + "bboxes");
      assertEquals(boxes.length / 4, result.size());
      for (int i = 0; i < boxes.length; i++) {
        assertEquals(boxes[i], result.bboxes()[i / 4][i % 4], BOX_PIXELS);
      }
      float[] scores = floats(golden, prefix + "scores");
      float[] expected2d = floats(golden, prefix + "keypoints_2d");
      float[] expected3d = floats(golden, prefix + "keypoints_3d");
      float[] found2d = flat(result.keypoints2d());
      float[] found3d = flat(result.keypoints3d());
      int ties = 0;
      for (int k = 0; k < scores.length; k++) {
        assertEquals(scores[k], result.scores()[k / 133][k % 133], SCORE);
        boolean same =
            differs(expected2d, found2d, 2 * k, 2) < KEYPOINT_PIXELS
                && differs(expected3d, found3d, 3 * k, 3) < METRES;
        ties += same ? 0 : 1;
      }
      // Made-up weights give flat maxima: some arg-max ties turn over with the last bit.
      assertTrue(ties <= scores.length / 100, ties + " of " + scores.length + " keypoints differ");
    }
  }

  private static double differs(float[] expected, float[] found, int start, int count) {
    double worst = 0;
    for (int i = start; i < start + count; i++) {
      worst = Math.max(worst, Math.abs((double) expected[i] - found[i]));
    }
    return worst;
  }

  private static float[] floats(Map<String, Tensor> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name).toFloats();
  }

  private static float[] flat(float[][][] rows) {
    int count = rows.length * rows[0].length * rows[0][0].length;
    float[] out = new float[count];
    int i = 0;
    for (float[] row : Arrays.stream(rows).flatMap(Arrays::stream).toArray(float[][]::new)) {
      for (float value : row) {
        out[i++] = value;
      }
    }
    return out;
  }
}
