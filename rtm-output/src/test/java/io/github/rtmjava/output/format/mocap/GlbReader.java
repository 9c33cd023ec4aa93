package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads GLB files as the glTF 2.0 specification describes them, and checks what it says of them.
 */
public final class GlbReader {
  final JsonNode gltf;
  private final ByteBuffer binary;

  public GlbReader(Path path) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0x46546C67, file.getInt());
    assertEquals(2, file.getInt());
    assertEquals(file.limit(), file.getInt());
    byte[] json = new byte[file.getInt()];
    assertEquals(0x4E4F534A, file.getInt());
    assertEquals(0, json.length % 4);
    file.get(json);
    gltf = new ObjectMapper().readTree(json);
    if (file.hasRemaining()) {
      assertEquals(gltf.get("buffers").get(0).get("byteLength").asInt(), file.getInt());
      assertEquals(0x004E4942, file.getInt());
    }
    binary = file.slice().order(ByteOrder.LITTLE_ENDIAN);
    check();
  }

  private void check() {
    for (int i = 0; i < gltf.path("accessors").size(); i++) {
      JsonNode accessor = gltf.get("accessors").get(i);
      JsonNode view = gltf.get("bufferViews").get(accessor.get("bufferView").asInt());
      int size = accessor.get("componentType").asInt() == 5126 ? 4 : 1;
      int bytes = accessor.get("count").asInt() * components(accessor) * size;
      assertEquals(bytes, view.get("byteLength").asInt());
      assertEquals(0, view.get("byteOffset").asInt() % 4);
      assertTrue(view.get("byteOffset").asInt() + bytes <= binary.limit());
      if (accessor.has("min")) {
        float[] values = floats(i);
        int n = components(accessor);
        for (int axis = 0; axis < n; axis++) {
          float least = Float.POSITIVE_INFINITY;
          float most = Float.NEGATIVE_INFINITY;
          for (int at = axis; at < values.length; at += n) {
            least = Math.min(least, values[at]);
            most = Math.max(most, values[at]);
          }
          assertEquals(least, (float) accessor.get("min").get(axis).asDouble());
          assertEquals(most, (float) accessor.get("max").get(axis).asDouble());
        }
      }
    }
  }

  private static int components(JsonNode accessor) {
    return switch (accessor.get("type").asText()) {
      case "SCALAR" -> 1;
      case "VEC3" -> 3;
      case "VEC4" -> 4;
      default -> 16;
    };
  }

  float[] floats(int accessor) {
    JsonNode json = gltf.get("accessors").get(accessor);
    JsonNode view = gltf.get("bufferViews").get(json.get("bufferView").asInt());
    float[] out = new float[json.get("count").asInt() * components(json)];
    binary
        .slice(view.get("byteOffset").asInt(), 4 * out.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(out);
    return out;
  }

  public int people() {
    return gltf.path("skins").size();
  }

  /** The value of an animated property of a node at a time, as its sampler interpolates. */
  private double[] sample(int node, String path, double time) {
    for (JsonNode animation : gltf.get("animations")) {
      for (JsonNode channel : animation.get("channels")) {
        if (channel.get("target").get("node").asInt() == node
            && channel.get("target").get("path").asText().equals(path)) {
          return sample(animation.get("samplers").get(channel.get("sampler").asInt()), time);
        }
      }
    }
    throw new AssertionError("no channel of " + path + " for node " + node);
  }

  private double[] sample(JsonNode sampler, double time) {
    float[] times = floats(sampler.get("input").asInt());
    float[] values = floats(sampler.get("output").asInt());
    int n = values.length / times.length;
    int at = 0;
    while (at + 1 < times.length && times[at + 1] <= (float) time) {
      at++;
    }
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = values[n * at + i];
    }
    return out;
  }

  /** Whether a person is to be seen. */
  public boolean seen(int person, double time) {
    int root = gltf.get("skins").get(person).get("joints").get(0).asInt();
    return sample(root, "scale", time)[0] > 0;
  }

  /** Where a person's joints are at the time of a key. */
  public Map<String, double[]> positions(int person, double time) {
    Map<String, double[]> positions = new HashMap<>();
    int root = gltf.get("skins").get(person).get("joints").get(0).asInt();
    double[] place = sample(root, "translation", time);
    walk(root, place, new double[] {0, 0, 0, 1}, time, positions);
    return positions;
  }

  private void walk(
      int node, double[] place, double[] turn, double time, Map<String, double[]> positions) {
    JsonNode json = gltf.get("nodes").get(node);
    positions.put(json.get("name").asText(), place);
    double[] here = times(turn, sample(node, "rotation", time));
    for (JsonNode child : json.path("children")) {
      JsonNode offset = gltf.get("nodes").get(child.asInt()).get("translation");
      double[] moved =
          apply(
              here,
              new double[] {
                offset.get(0).asDouble(), offset.get(1).asDouble(), offset.get(2).asDouble()
              });
      double[] next = {place[0] + moved[0], place[1] + moved[1], place[2] + moved[2]};
      walk(child.asInt(), next, here, time, positions);
    }
  }

  private static double[] times(double[] a, double[] b) {
    return new double[] {
      a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
      a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
      a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
      a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2]
    };
  }

  private static double[] apply(double[] q, double[] v) {
    double[] inverse = {-q[0], -q[1], -q[2], q[3]};
    double[] out = times(times(q, new double[] {v[0], v[1], v[2], 0}), inverse);
    return new double[] {out[0], out[1], out[2]};
  }
}
