package io.github.rtmjava.parity.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.eval.track.TrackedBox;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The truth of a rendered clip.
 *
 * @param name for example {@code clip_00}
 * @param camera at the nominal distance of people
 */
record Clip(String name, int width, int height, Camera camera, List<Frame> frames) {
  static final List<String> NAMES = List.of("clip_00", "clip_01", "clip_02");
  static final KeypointSet KEYPOINTS = KeypointSet.of("coco_wholebody", 133);

  /** Everybody who is in the picture at a time in seconds. */
  record Frame(double time, List<Person> people) {
    List<TrackedBox> boxes() {
      return people.stream().map(p -> new TrackedBox(p.id, p.box)).toList();
    }
  }

  /**
   * Somebody.
   *
   * @param seen share of the figure that nothing hides
   * @param keypoints [133][2] pixels
   * @param keypoints3d [133][3] metres in the camera's frame
   * @param visible [133]: inside of the picture, and hidden by nothing
   */
  record Person(
      int id,
      Box box,
      double seen,
      float[][] keypoints,
      float[][] keypoints3d,
      boolean[] visible) {}

  /** Skips the calling test where there are no clips. */
  static Clip read(String name) throws IOException {
    Path file = SharedData.path("clips").resolve(name + ".json.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      JsonNode root = new ObjectMapper().readTree(in);
      JsonNode camera = root.get("camera");
      List<Frame> frames = new ArrayList<>();
      for (JsonNode frame : root.get("frames")) {
        List<Person> people = new ArrayList<>();
        for (JsonNode person : frame.get("people")) {
          people.add(person(person));
        }
        frames.add(new Frame(frame.get("time_s").asDouble(), List.copyOf(people)));
      }
      return new Clip(
          name,
          root.get("width").asInt(),
          root.get("height").asInt(),
          new Camera(
              camera.get("f").get(0).asDouble(),
              camera.get("f").get(1).asDouble(),
              camera.get("c").get(0).asDouble(),
              camera.get("c").get(1).asDouble(),
              Camera.NOMINAL_ROOT_DEPTH),
          List.copyOf(frames));
    }
  }

  static Path video(String name) {
    return SharedData.path("clips").resolve(name + ".mp4");
  }

  private static Person person(JsonNode node) {
    float[] box = row(node.get("bbox"));
    boolean[] visible = new boolean[KEYPOINTS.size()];
    for (int k = 0; k < visible.length; k++) {
      visible[k] =
          node.get("visible").get(k).asDouble() > 0 && node.get("in_image").get(k).asDouble() > 0;
    }
    return new Person(
        node.get("id").asInt(),
        new Box(box[0], box[1], box[2], box[3]),
        node.get("visible_mask_fraction").asDouble(),
        rows(node.get("keypoints")),
        rows(node.get("keypoints_3d_camera_m")),
        visible);
  }

  private static float[][] rows(JsonNode node) {
    float[][] out = new float[node.size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = row(node.get(i));
    }
    return out;
  }

  private static float[] row(JsonNode node) {
    float[] out = new float[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) node.get(i).asDouble();
    }
    return out;
  }
}
