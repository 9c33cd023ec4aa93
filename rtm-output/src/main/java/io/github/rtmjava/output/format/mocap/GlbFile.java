package io.github.rtmjava.output.format.mocap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.output.format.LittleEndian;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.TrackFiles;
import io.github.rtmjava.output.format.Tracks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * glTF 2.0 in its binary form (GLB): for each person a node with a hierarchy of bones, which
 * readers take for an armature of its own, a skinned mesh, and an animation in the seconds of the
 * recording. Metres, Y up, Z towards the viewer. While somebody is not there, the scale of the
 * person's root is 0. How bones are turned about themselves is a choice, see {@link RigFit}.
 */
final class GlbFile {
  private static final int MAGIC = 0x46546c67;
  private static final int VERSION = 2;
  private static final int JSON = 0x4e4f534a;
  private static final int BINARY = 0x004e4942;

  /** Lengths are words of 32 bits. */
  private static final long MOST_BYTES = 0xffff_fff0L;

  private static final float[][] COLOURS = {
    {0.20f, 0.60f, 1.00f}, {1.00f, 0.50f, 0.10f}, {0.25f, 0.75f, 0.30f},
    {0.85f, 0.25f, 0.45f}, {0.60f, 0.45f, 0.90f}, {0.90f, 0.75f, 0.10f}
  };

  private final Tracks tracks;
  private final Rig rig;
  private final ObjectNode gltf = new ObjectMapper().createObjectNode();
  private final ArrayNode scene;

  private GlbFile(Tracks tracks) {
    this.tracks = tracks;
    rig = Rig.of(tracks.recording().keypointSet()).orElseThrow();
    ObjectNode asset = gltf.putObject("asset").put("version", "2.0").put("generator", "rtm-java");
    asset
        .putObject("extras")
        .put("source", tracks.recording().source())
        .put("model", tracks.recording().model())
        .put("frame_3d", "y_up")
        .put("made_from", tracks.recording().frame().id())
        .put("unit", "m")
        .put("twist", "undefined but for hips and hands: bones turn by the smallest swing");
    gltf.put("scene", 0);
    ObjectNode only = gltf.putArray("scenes").addObject();
    only.put("name", tracks.recording().source());
    scene = gltf.arrayNode();
    if (!tracks.all().isEmpty()) {
      only.set("nodes", scene);
    }
  }

  static void write(Tracks tracks, TrackFiles files) throws IOException {
    GlbFile file = new GlbFile(tracks);
    if (tracks.all().isEmpty()) {
      byte[] json = file.json();
      files.write(".glb", out -> head(out, json, 0));
      return;
    }
    try (GlbBinary binary = new GlbBinary(files.folder(), file.gltf)) {
      file.people(binary);
      file.gltf.putArray("buffers").addObject().put("byteLength", binary.size());
      byte[] json = file.json();
      if (binary.size() + json.length > MOST_BYTES) {
        throw new IOException(
            "expected at most 4 GiB in glb, found %s frames of %s people, which are more; write bvh"
                    .formatted(tracks.frames(), tracks.all().size())
                + " instead, which has a file for each person");
      }
      files.write(
          ".glb",
          out -> {
            head(out, json, binary.size());
            out.write(words((int) binary.size(), BINARY));
            binary.writeTo(out);
          });
    }
  }

  private void people(GlbBinary binary) throws IOException {
    ArrayNode nodes = gltf.putArray("nodes");
    ArrayNode animations = gltf.putArray("animations");
    ArrayNode materials = gltf.putArray("materials");
    ArrayNode meshes = gltf.putArray("meshes");
    ArrayNode skins = gltf.putArray("skins");
    for (Track track : tracks.all()) {
      String name = "person_" + track.number();
      Proportions proportions = Proportions.of(tracks, track, rig);
      scene.add(nodes.size());
      ObjectNode armature = nodes.addObject().put("name", name);
      int first = nodes.size();
      armature.putArray("children").add(first);
      bones(proportions, nodes);
      scene.add(nodes.size());
      nodes
          .addObject()
          .put("name", name + "_mesh")
          .put("mesh", meshes.size())
          .put("skin", skins.size());
      double[][] origins = origins(proportions);
      ObjectNode mesh = meshes.addObject().put("name", name);
      ObjectNode primitive = mesh.putArray("primitives").addObject();
      primitive.put("material", materials.size());
      GlbMesh.add(rig, proportions, origins, binary, primitive);
      material(name, materials);
      skin(name, first, origins, binary, skins);
      ObjectNode animation = animations.addObject().put("name", name);
      animation.putArray("channels");
      animation.putArray("samplers");
      new GlbMotion(tracks, track, binary, animation, first).write(rig, proportions);
    }
  }

  private void bones(Proportions proportions, ArrayNode nodes) {
    List<Bone> bones = rig.bones();
    int first = nodes.size();
    for (int b = 0; b < bones.size(); b++) {
      ObjectNode node = nodes.addObject().put("name", bones.get(b).name());
      ArrayNode translation = node.putArray("translation");
      for (double value : b == 0 ? proportions.start() : proportions.offset(rig, b)) {
        translation.add((float) value);
      }
      ArrayNode children = gltf.arrayNode();
      for (int child = b + 1; child < bones.size(); child++) {
        if (bones.get(child).parent() == b) {
          children.add(first + child);
        }
      }
      if (!children.isEmpty()) {
        node.set("children", children);
      }
    }
  }

  private double[][] origins(Proportions proportions) {
    double[][] origins = new double[rig.bones().size()][];
    for (int b = 0; b < origins.length; b++) {
      int parent = rig.bones().get(b).parent();
      double[] origin = proportions.offset(rig, b);
      for (int axis = 0; axis < 3 && parent >= 0; axis++) {
        origin[axis] += origins[parent][axis];
      }
      origins[b] = origin;
    }
    return origins;
  }

  private static void material(String name, ArrayNode materials) {
    ObjectNode material = materials.addObject().put("name", name);
    ObjectNode surface = material.putObject("pbrMetallicRoughness");
    ArrayNode colour = surface.putArray("baseColorFactor");
    for (float part : COLOURS[(materials.size() - 1) % COLOURS.length]) {
      colour.add(part);
    }
    colour.add(1);
    surface.put("metallicFactor", 0);
  }

  private static void skin(
      String name, int first, double[][] origins, GlbBinary binary, ArrayNode skins)
      throws IOException {
    ObjectNode skin = skins.addObject().put("name", name);
    ArrayNode joints = skin.putArray("joints");
    float[] inverse = new float[16 * origins.length];
    for (int b = 0; b < origins.length; b++) {
      joints.add(first + b);
      for (int i = 0; i < 4; i++) {
        inverse[16 * b + 5 * i] = 1;
      }
      for (int axis = 0; axis < 3; axis++) {
        inverse[16 * b + 12 + axis] = (float) -origins[b][axis];
      }
    }
    skin.put("inverseBindMatrices", binary.floats("MAT4", inverse));
    skin.put("skeleton", first);
  }

  /** The JSON, filled up with blanks to whole words. */
  private byte[] json() throws IOException {
    byte[] json = new ObjectMapper().writeValueAsBytes(gltf);
    byte[] padded = Arrays.copyOf(json, json.length + 3 & ~3);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void head(OutputStream out, byte[] json, long binary) throws IOException {
    long length = 12 + 8 + json.length + (binary == 0 ? 0 : 8 + binary);
    out.write(words(MAGIC, VERSION, (int) length, json.length, JSON));
    out.write(json);
  }

  private static byte[] words(int... values) {
    byte[] bytes = new byte[4 * values.length];
    ByteBuffer buffer = LittleEndian.over(bytes);
    for (int value : values) {
      buffer.putInt(value);
    }
    return bytes;
  }
}
