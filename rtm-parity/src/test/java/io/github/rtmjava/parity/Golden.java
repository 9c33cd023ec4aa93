package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One model's expected results, and the model itself with its made-up weights. */
final class Golden {
  private final String name;
  private final Map<String, Tensor> arrays;
  private final JsonNode cases;

  private Golden(String name, Map<String, Tensor> arrays, JsonNode cases) {
    this.name = name;
    this.arrays = arrays;
    this.cases = cases;
  }

  static Golden of(String name) throws IOException {
    return new Golden(
        name,
        Npz.read(SharedData.path("oracle/golden/" + name + ".npz")),
        new ObjectMapper()
            .readTree(SharedData.path("oracle/golden/" + name + ".json").toFile())
            .get("cases"));
  }

  int cases() {
    return cases.size();
  }

  JsonNode info(int index) {
    return cases.get(index);
  }

  boolean has(int index, String array) {
    return arrays.containsKey("c" + index + "_" + array);
  }

  Tensor get(int index, String array) {
    return Objects.requireNonNull(arrays.get("c" + index + "_" + array), array);
  }

  float[] floats(int index, String array) {
    return get(index, array).toFloats();
  }

  /** A picture stored as [H, W, 3] in BGR. */
  Image picture(int index, String array) {
    return picture(get(index, array));
  }

  static Image picture(Tensor hwc) {
    byte[] bgr = new byte[hwc.bytes().remaining()];
    hwc.bytes().get(bgr);
    return Image.ofBgr(hwc.shape().dim(1), hwc.shape().dim(0), bgr);
  }

  /** The model with weights by the oracle's rule, recognised from its keys and shapes alone. */
  Model model() throws IOException {
    return madeModel(name);
  }

  static Model madeModel(String name) throws IOException {
    Map<String, Tensor> tensors = MadeWeights.of(name);
    Checkpoint checkpoint = new Checkpoint(name, "made", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
    List<Recognition> found = Architectures.recognise(checkpoint);
    ModelSpec spec = ((Recognition.Whole) found.get(0)).spec();
    return new Model(
        name, spec, new MapWeights(tensors), new Provenance(name, "", "test", "unknown"));
  }

  /** Asserts that two arrays differ by at most a share of the expected values' range. */
  static void assertClose(String what, float[] expected, float[] actual, double share) {
    assertTrue(
        expected.length == actual.length,
        () -> "%s: expected %d values, found %d".formatted(what, expected.length, actual.length));
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      min = Math.min(min, expected[i]);
      max = Math.max(max, expected[i]);
      double difference = Math.abs((double) expected[i] - actual[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    double range = (double) max - min;
    String message =
        "%s: largest difference %.3g, %.3g of the range".formatted(what, worst, worst / range);
    System.out.println(message);
    assertTrue(worst <= share * range, message);
  }
}
