package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RTMDet-m and RTMW3D-L on photographs, as the Python package rtmpose3d returns them. */
class EndToEndTest {
  private static final double BOX_PIXELS = 0.1;
  private static final double SCORE = 1e-3;
  private static final double PIXELS = 0.01;
  private static final double METRES = 1e-3;

  /** Made-up weights give flat maxima: this share of arg-max ties turns over with the last bit. */
  private static final double TIES = 0.01;

  /** Keypoints move with their box, and its pixels change by a level here and there. */
  private static final double NEAR_PIXELS = 0.25;

  private static final double NEAR_METRES = 0.02;
  private static final double NEAR_TIES = 0.05;

  @ParameterizedTest
  @CsvSource({"rtmlib_demo,0.3,all", "coco785,0.5,all", "coco785,0.3,single"})
  void matchesRtmpose3d(String picture, float threshold, String people) throws IOException {
    Map<String, Tensor> golden = Npz.read(SharedData.path("oracle/golden/e2e_rtmpose3d_l.npz"));
    Image image = Images.read(SharedData.path("oracle/prep/src_" + picture + ".png"));
    String prefix = "%s__thr%s__%s__".formatted(picture, threshold, people);
    float[] corners = floats(golden, prefix + "bboxes");
    try (RtmPose3D model =
        RtmPose3D.builder()
            .model(Golden.madeModel("rtmw3d-l_384x288"))
            .detector(Golden.madeModel("rtmdet_m_640_person"))
            .bboxThreshold(threshold)
            .singlePerson(people.equals("single"))
            .compat(Compat.RTMPOSE3D)
            .build()) {
      PoseResult found = model.predict(image);
      assertEquals(corners.length / 4, found.size());
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < corners.length; i++) {
        assertEquals(corners[i], found.bboxes()[i / 4][i % 4], BOX_PIXELS);
        if (i % 4 == 3) {
          boxes.add(new Box(corners[i - 3], corners[i - 2], corners[i - 1], corners[i]));
        }
      }
      assertShareDiffers(golden, prefix, found, NEAR_PIXELS, NEAR_METRES, NEAR_TIES);

      PoseResult inItsBoxes = model.predict(image, boxes);
      assertShareDiffers(golden, prefix, inItsBoxes, PIXELS, METRES, TIES);
      float[] scores = floats(golden, prefix + "scores");
      for (int k = 0; k < scores.length; k++) {
        assertEquals(scores[k], inItsBoxes.scores()[k / 133][k % 133], SCORE);
      }
    }
  }

  private static void assertShareDiffers(
      Map<String, Tensor> golden,
      String prefix,
      PoseResult result,
      double pixels,
      double metres,
      double share) {
    float[] expected2d = floats(golden, prefix + "keypoints_2d");
    float[] expected3d = floats(golden, prefix + "keypoints_3d");
    float[] found2d = flat(result.keypoints2d());
    float[] found3d = flat(result.keypoints3d());
    int count = expected2d.length / 2;
    int different = 0;
    for (int k = 0; k < count; k++) {
      boolean same =
          differs(expected2d, found2d, 2 * k, 2) < pixels
              && differs(expected3d, found3d, 3 * k, 3) < metres;
      different += same ? 0 : 1;
    }
    assertTrue(
        different <= share * count, different + " of " + count + " keypoints differ in " + prefix);
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
