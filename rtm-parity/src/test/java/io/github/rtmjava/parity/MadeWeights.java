package io.github.rtmjava.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Full-size weights by the parity data's rule, bit by bit. */
final class MadeWeights {
  private MadeWeights() {}

  static Map<String, Tensor> of(String model) throws IOException {
    JsonNode table =
        new ObjectMapper()
            .readTree(SharedData.path("oracle/weights/" + model + ".json").toFile())
            .get("tensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (JsonNode row : table) {
      String key = row.get("key").asText();
      tensors.put(
          key,
          row.has("alias_of") ? tensors.get(row.get("alias_of").asText()) : make(key, row));
    }
    return tensors;
  }

  private static Tensor make(String key, JsonNode row) {
    int[] dims = new int[row.get("shape").size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = row.get("shape").get(i).asInt();
    }
    Shape shape = Shape.of(dims);
    if (row.get("dtype").asText().equals("int64")) {
      Tensor counter = Tensor.allocate(DType.INT64, shape);
      counter.bytes().asLongBuffer().put(0, 1);
      return counter;
    }
    Tensor tensor = Tensor.allocate(DType.FLOAT32, shape);
    FloatBuffer values = tensor.floats();
    if (row.has("values")) {
      row.get("values").forEach(v -> values.put((float) v.asDouble()));
      return tensor;
    }
    double offset = row.get("offset").asDouble();
    double scale = row.get("scale").asDouble();
    SplittableRandom random = new SplittableRandom(fnv1a(key));
    for (int i = 0; i < values.capacity(); i++) {
      long b = random.nextLong() >>> 40;
      double u = (2 * b + 1 - (1L << 24)) * 0x1p-24;
      values.put((float) (offset + scale * u));
    }
    return tensor;
  }

  private static long fnv1a(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
