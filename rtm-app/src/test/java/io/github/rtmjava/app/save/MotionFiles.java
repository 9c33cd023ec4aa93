package io.github.rtmjava.app.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.tensor.Npy;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/** Reads what animators and laboratories read, and numpy. */
final class MotionFiles {
  private static final int BLOCK = 512;

  /** Of a point: three coordinates and the residual. */
  private static final int POINT_BYTES = 16;

  private MotionFiles() {}

  /** Points by their header: it has the rate, and the number of the first frame, from 1 on. */
  static Contents c3d(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    for (int person : results.people(".c3d")) {
      ByteBuffer file = little(Files.readAllBytes(results.file("in_" + person + ".c3d")));
      int points = file.getShort(2);
      int first = file.getShort(6) - 1;
      int frames = file.getShort(8) - first;
      int data = (file.getShort(16) - 1) * BLOCK;
      List<Long> span = results.of().span(person);
      assertEquals(span.get(0), first);
      assertEquals(span.size(), frames);
      assertEquals(rate(results.of()), file.getFloat(20), 1e-4);
      for (int i = 0; i < frames; i++) {
        if (file.getFloat(data + (i + 1) * points * POINT_BYTES - 4) >= 0) {
          people.add(new Sighting(person, span.get(i), Sighting.NONE, points, true));
        }
      }
    }
    return new Contents(people, null);
  }

  /** Bones, which know neither numbers nor times of frames. */
  static Contents bvh(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    for (int person : results.people(".bvh")) {
      List<String> lines = results.lines("in_" + person + ".bvh");
      int bones =
          (int) lines.stream().map(String::strip).filter(l -> l.matches("(ROOT|JOINT) .*")).count();
      int motion = lines.indexOf("MOTION");
      List<Long> span = results.of().span(person);
      assertEquals("Frames: " + span.size(), lines.get(motion + 1));
      double step = Double.parseDouble(lines.get(motion + 2).replace("Frame Time: ", ""));
      assertEquals(1 / rate(results.of()), step, 1e-6);
      for (String row : lines.subList(motion + 3, lines.size())) {
        assertEquals(3 + 3 * bones, row.split(" ", -1).length);
        people.add(new Sighting(person, Sighting.NONE, Sighting.NONE, bones, true));
      }
    }
    return new Contents(people, null);
  }

  /** What formats take that know a rate only; 1 for pictures. */
  private static double rate(Situation of) {
    List<Sighting> moments = of.moments();
    return moments.size() == 1 ? 1 : 1 / (moments.get(1).time() - moments.get(0).time());
  }

  /** An armature and an animation for each person, whose root has no size while they are away. */
  static Contents glb(Results results) throws IOException {
    ByteBuffer file = little(Files.readAllBytes(results.file("in.glb")));
    assertEquals(file.limit(), file.getInt(8));
    byte[] json = new byte[file.getInt(12)];
    file.get(20, json);
    JsonNode gltf = JsonFiles.read(json);
    List<Sighting> people = new ArrayList<>();
    assertEquals(gltf.path("skins").size(), gltf.path("animations").size());
    for (int i = 0; i < gltf.path("animations").size(); i++) {
      JsonNode animation = gltf.get("animations").get(i);
      assertEquals(animation.get("name"), gltf.get("skins").get(i).get("name"));
      Map<String, float[]> times = new HashMap<>();
      Map<String, float[]> values = new HashMap<>();
      for (JsonNode channel : animation.get("channels")) {
        JsonNode sampler = animation.get("samplers").get(channel.get("sampler").asInt());
        String path = channel.at("/target/path").asText();
        times.put(path, floats(gltf, sampler.get("input").asInt(), file, 28 + json.length));
        values.put(path, floats(gltf, sampler.get("output").asInt(), file, 28 + json.length));
      }
      int person = Integer.parseInt(animation.get("name").asText().replace("person_", ""));
      int bones = gltf.get("skins").get(i).get("joints").size();
      for (float time : times.get("translation")) {
        people.add(new Sighting(person, Sighting.NONE, time, bones, true));
      }
      assertEquals(
          presence(results.of(), person), presence(times.get("scale"), values.get("scale")));
    }
    return new Contents(people, null);
  }

  private static float[] floats(JsonNode gltf, int number, ByteBuffer file, int binary) {
    JsonNode accessor = gltf.get("accessors").get(number);
    JsonNode view = gltf.get("bufferViews").get(accessor.get("bufferView").asInt());
    float[] out = new float[view.get("byteLength").asInt() / Float.BYTES];
    int at = binary + view.path("byteOffset").asInt();
    for (int i = 0; i < out.length; i++) {
      out[i] = file.getFloat(at + Float.BYTES * i);
    }
    return out;
  }

  /** When somebody comes and goes, as a text. */
  private static List<String> presence(float[] times, float[] scales) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      out.add(times[i] + (scales[3 * i] > 0 ? " there" : " away"));
    }
    return out;
  }

  private static List<String> presence(Situation of, int person) {
    List<String> out = new ArrayList<>();
    String last = "";
    for (Sighting moment : of.moments()) {
      String now = of.people().get(person).contains(moment.frame()) ? " there" : " away";
      if (!now.equals(last)) {
        out.add((float) moment.time() + now);
      }
      last = now;
    }
    return out;
  }

  /** Arrays of frames and people. */
  static Contents npz(Results results) throws IOException {
    try (ZipFile zip = new ZipFile(results.file("in.npz").toFile())) {
      Tensor indices = array(zip, "frames");
      Tensor times = array(zip, "time_s");
      Tensor ids = array(zip, "ids");
      Tensor points = array(zip, "keypoints");
      boolean space = zip.getEntry("keypoints_3d.npy") != null;
      int count = ids.shape().dim(0);
      int size = points.shape().dim(2);
      assertEquals(count, points.shape().dim(1));
      List<Sighting> people = new ArrayList<>();
      List<Sighting> frames = new ArrayList<>();
      for (int f = 0; f < indices.shape().dim(0); f++) {
        long index = indices.bytes().getLong(Long.BYTES * f);
        double time = times.bytes().getDouble(Double.BYTES * f);
        frames.add(Sighting.of(index, time));
        for (int p = 0; p < count; p++) {
          if (!Float.isNaN(points.floats().get((f * count + p) * size * 2))) {
            int id = (int) ids.bytes().getLong(Long.BYTES * p);
            people.add(new Sighting(id, index, time, size, space));
          }
        }
      }
      return new Contents(people, frames);
    }
  }

  private static Tensor array(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
      return Npy.read(in);
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
