package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.pose.decode.SimccDecoder;
import io.github.rtmjava.pose.decode.SimccKeypoints;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keypoints, scores and visibilities in upstream's own head outputs, without flip test. */
class PoseDecodingTest {
  private static final Codec.Simcc PLAIN = new Codec.Simcc(2, 0, 0, 0);
  private static final Codec.Simcc WITH_VISIBILITY =
      new Codec.Simcc(2, 0, 0, 0, Codec.Visibility.ofSigma(6, 6.93));

  @ParameterizedTest
  @CsvSource({
    "rtmpose-t_body8_256x192, 192, 256, false",
    "rtmpose-m_halpe26_384x288, 288, 384, false",
    "rtmpose-m_hand5_256x256, 256, 256, false",
    "rtmpose-l_wholebody_384x288, 288, 384, false",
    "dwpose-t_ubody_256x192, 192, 256, false",
    "rtmw-m_256x192, 192, 256, false",
    "rtmw-l_384x288, 288, 384, true",
    "rtmw-x_384x288, 288, 384, true"
  })
  void matchesUpstream(String name, int width, int height, boolean visibility) throws IOException {
    Golden golden = Golden.of(name);
    SimccDecoder decoder = new SimccDecoder(visibility ? WITH_VISIBILITY : PLAIN);
    for (int i = 0; i < golden.cases(); i++) {
      if (!golden.has(i, "simcc_x")) {
        continue;
      }
      Map<String, Tensor> outputs =
          Map.of("simcc_x", golden.get(i, "simcc_x"), "simcc_y", golden.get(i, "simcc_y"));
      SimccKeypoints found = decoder.decode(outputs, 0);
      float[] scores = golden.floats(i, "noflip_scores");
      assertArrayEquals(golden.floats(i, "noflip_kpts_crop"), pairs(found.x(), found.y()));
      assertArrayEquals(scores, found.scores());
      assertArrayEquals(
          visibility ? golden.floats(i, "noflip_visibility") : scores, found.visibilities(), 1e-4f);
      float[] box = golden.floats(i, "bbox_xyxy");
      CropGeometry crop = CropGeometry.of(new Box(box[0], box[1], box[2], box[3]), width, height);
      for (int k = 0; k < scores.length; k++) {
        found.x()[k] = crop.imageX(found.x()[k]);
        found.y()[k] = crop.imageY(found.y()[k]);
      }
      assertArrayEquals(golden.floats(i, "noflip_kpts_img"), pairs(found.x(), found.y()), 1e-2f);
    }
  }

  private static float[] pairs(float[] x, float[] y) {
    float[] out = new float[2 * x.length];
    for (int k = 0; k < x.length; k++) {
      out[2 * k] = x[k];
      out[2 * k + 1] = y[k];
    }
    return out;
  }
}
