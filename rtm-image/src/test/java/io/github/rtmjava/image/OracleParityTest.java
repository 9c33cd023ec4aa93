package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What upstream feeds its networks, from the pictures that upstream read. */
class OracleParityTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void cropsAreThoseOfUpstream() throws Exception {
    Map<String, Tensor> arrays = Npz.read(SharedData.path("oracle/prep/topdown.npz"));
    int cases = 0;
    for (JsonNode e : JSON.readTree(SharedData.path("oracle/prep/topdown.json").toFile())) {
      if (e.get("udp").asBoolean()) {
        continue;
      }
      String prefix = e.get("prefix").asText();
      float[] center = floats(arrays, prefix + "center");
      float[] scale = floats(arrays, prefix + "scale");
      int width = e.get("size_wh").get(0).asInt();
      int height = e.get("size_wh").get(1).asInt();
      CropGeometry crop = new CropGeometry(center[0], center[1], scale[0], scale[1], width, height);
      double[] warp = new double[6];
      tensor(arrays, prefix + "warp").bytes().asDoubleBuffer().get(warp);
      assertArrayEquals(warp, AffineTransform.of(crop), prefix);
      try (Cropper cropper = Cropper.of(source(e.get("image").asText()))) {
        byte[] expected = bytes(arrays, prefix + "crop_bgr_u8_hwc");
        int difference = Pixels.maxDifference(expected, cropper.crop(crop).bgr());
        assertTrue(difference <= 1, () -> "%d levels at %s".formatted(difference, prefix));
        cases++;
      }
    }
    assertEquals(27, cases);
  }

  @Test
  void wholePicturesWithBordersAreThoseOfUpstream() throws Exception {
    Map<String, Tensor> arrays = Npz.read(SharedData.path("oracle/prep/detector_inputs.npz"));
    int cases = 0;
    for (JsonNode e : JSON.readTree(SharedData.path("oracle/prep/detector_inputs.json").toFile())) {
      String prefix = e.get("prefix").asText();
      if (!prefix.startsWith("rtmo__")) {
        continue;
      }
      Image image = source(prefix.split("__", -1)[1]);
      CropGeometry whole = CropGeometry.whole(image.width(), image.height(), 640, 640);
      assertEquals(e.get("input_center").get(0).floatValue(), whole.centerX(), prefix);
      assertEquals(e.get("input_center").get(1).floatValue(), whole.centerY(), prefix);
      assertEquals(e.get("input_scale").get(0).floatValue(), whole.scaleX(), prefix);
      assertEquals(e.get("input_scale").get(1).floatValue(), whole.scaleY(), prefix);
      try (Cropper cropper = Cropper.of(image, Letterbox.GREY)) {
        Image input = cropper.crop(whole);
        int difference = Pixels.maxDifference(bytes(arrays, prefix + "u8"), input.bgr());
        assertTrue(difference <= 1, () -> "%d levels at %s".formatted(difference, prefix));
        Tensor batch = Tensor.allocate(DType.FLOAT32, Shape.of(1, 3, 640, 640));
        new ImageNormalizer(InputSpec.plainBgr(640, 640)).normalize(input, batch, 0);
        if (difference == 0) {
          assertEquals(e.get("f32_sha256").asText(), sha256(batch), prefix);
        }
      }
      cases++;
    }
    assertEquals(2, cases);
  }

  @Test
  void detectorInputsAreThoseOfUpstream() throws Exception {
    Map<String, Tensor> arrays = Npz.read(SharedData.path("oracle/prep/detector_inputs.npz"));
    int cases = 0;
    for (JsonNode e : JSON.readTree(SharedData.path("oracle/prep/detector_inputs.json").toFile())) {
      String prefix = e.get("prefix").asText();
      if (!prefix.startsWith("rtmdet")) {
        continue;
      }
      Image image = source(prefix.split("__", -1)[1]);
      byte[] expected = bytes(arrays, prefix + "u8");
      int size = (int) Math.sqrt(expected.length / 3.0);
      Letterbox letterbox = Letterbox.of(image.width(), image.height(), size, size);
      assertEquals(e.get("scale_factor").get(0).asDouble(), letterbox.scaleX(), prefix);
      assertEquals(e.get("scale_factor").get(1).asDouble(), letterbox.scaleY(), prefix);
      Image input = letterbox.apply(image);
      int difference = Pixels.maxDifference(expected, input.bgr());
      assertTrue(difference <= 1, () -> "%d levels at %s".formatted(difference, prefix));
      Tensor batch = Tensor.allocate(DType.FLOAT32, Shape.of(1, 3, size, size));
      new ImageNormalizer(InputSpec.bgr(size, size)).normalize(input, batch, 0);
      if (difference == 0) {
        assertEquals(e.get("f32_sha256").asText(), sha256(batch), prefix);
      }
      cases++;
    }
    assertEquals(8, cases);
  }

  private static Image source(String name) throws IOException {
    return Pixels.readLossless(SharedData.path("oracle/prep/src_" + name + ".png"));
  }

  private static Tensor tensor(Map<String, Tensor> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private static float[] floats(Map<String, Tensor> arrays, String name) {
    return tensor(arrays, name).toFloats();
  }

  private static byte[] bytes(Map<String, Tensor> arrays, String name) {
    ByteBuffer buffer = tensor(arrays, name).bytes();
    byte[] out = new byte[buffer.remaining()];
    buffer.get(out);
    return out;
  }

  private static String sha256(Tensor tensor) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(tensor.bytes());
    return HexFormat.of().formatHex(digest.digest());
  }
}
