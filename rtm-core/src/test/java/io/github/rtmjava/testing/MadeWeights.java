package io.github.rtmjava.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Full-size weights made by rule: every element follows from its tensor's key and two numbers of
 * the parity data, in any language bit for bit.
 */
public final class MadeWeights {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private MadeWeights() {}

  /**
   * All tensors of a model of the parity data, by key in state-dict order; aliases are one object.
   * Skips the calling test where the data is absent.
   */
  public static Map<String, Tensor> of(String model) throws IOException {
    JsonNode table =
        new ObjectMapper()
            .readTree(SharedData.path("oracle/weights/" + model + ".json").toFile())
            .path("tensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (JsonNode entry : table) {
      String key = entry.path("key").asText();
      Tensor tensor =
          entry.has("alias_of") ? tensors.get(entry.path("alias_of").asText()) : tensor(key, entry);
      if (tensor == null) {
        throw new IOException(key + " is an alias of a tensor that follows it");
      }
      tensors.put(key, tensor);
    }
    return tensors;
  }

  private static Tensor tensor(String key, JsonNode entry) {
    int[] dims = new int[entry.path("shape").size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = entry.path("shape").get(i).intValue();
    }
    if (entry.path("dtype").asText().equals("int64")) {
      return counter(entry.path("offset").longValue(), Shape.of(dims));
    }
    if (entry.has("values")) {
      float[] values = new float[entry.path("values").size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) entry.path("values").get(i).doubleValue();
      }
      return floats(values, Shape.of(dims));
    }
    return uniform(
        key, entry.path("offset").doubleValue(), entry.path("scale").doubleValue(), dims);
  }

  /** A float32 tensor of the rule: {@code offset} ± {@code scale}, random by its key. */
  public static Tensor uniform(String key, double offset, double scale, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[Math.toIntExact(shape.elements())];
    SplittableRandom random = new SplittableRandom(hash(key));
    for (int i = 0; i < values.length; i++) {
      long bits = random.nextLong() >>> 40;
      double u = (2 * bits + 1 - (1L << 24)) * 0x1p-24;
      values[i] = (float) (offset + scale * u);
    }
    return floats(values, shape);
  }

  /** An int64 tensor filled with one value, as {@code num_batches_tracked}. */
  public static Tensor counter(long value, Shape shape) {
    int n = Math.toIntExact(shape.elements());
    ByteBuffer bytes = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n; i++) {
      bytes.putLong(value);
    }
    return Tensor.over(DType.INT64, shape, bytes.flip());
  }

  private static Tensor floats(float[] values, Shape shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Tensor.over(DType.FLOAT32, shape, bytes);
  }

  /** FNV-1a, 64 bits. */
  private static long hash(String key) {
    long h = FNV_OFFSET;
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * FNV_PRIME;
    }
    return h;
  }
}
