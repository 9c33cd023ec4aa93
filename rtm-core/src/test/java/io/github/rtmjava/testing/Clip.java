package io.github.rtmjava.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The truth of a rendered clip of the parity data. Users need Jackson among their dependencies.
 *
 * @param width in pixels
 * @param height in pixels
 * @param camera that took it
 * @param cameraHeight of the camera above the floor in metres
 * @param pitch of the camera, in degrees downwards
 * @param frames the people with their ids, 3D keypoints in the camera's frame, scores 1 (0 where a
 *     keypoint is hidden or outside of the picture)
 */
public record Clip(
    int width,
    int height,
    Camera camera,
    double cameraHeight,
    double pitch,
    List<PoseFrame> frames) {

  /** Reads a clip by its name, {@code clip_00}; skips the calling test where it is absent. */
  public static Clip read(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(SharedData.path("clips/" + name + ".json.gz")))) {
      JsonNode root = new ObjectMapper().readTree(in);
      int width = root.get("width").intValue();
      int height = root.get("height").intValue();
      JsonNode camera = root.get("camera");
      List<PoseFrame> frames = new ArrayList<>();
      for (JsonNode frame : root.get("frames")) {
        frames.add(frame(frame, width, height));
      }
      return new Clip(
          width,
          height,
          new Camera(
              camera.get("f").get(0).doubleValue(),
              camera.get("f").get(1).doubleValue(),
              camera.get("c").get(0).doubleValue(),
              camera.get("c").get(1).doubleValue(),
              Camera.NOMINAL_ROOT_DEPTH),
          camera.get("height_m").doubleValue(),
          camera.get("pitch_deg").doubleValue(),
          List.copyOf(frames));
    }
  }

  private static PoseFrame frame(JsonNode frame, int width, int height) {
    List<PersonPose> people = new ArrayList<>();
    for (JsonNode person : frame.get("people")) {
      people.add(person(person));
    }
    return new PoseFrame(
        frame.get("frame").longValue(),
        frame.get("time_s").doubleValue(),
        new PoseResult(
            width, height, "truth", Frame3d.CAMERA, KeypointSet.of("coco_wholebody", 133), people));
  }

  private static PersonPose person(JsonNode person) {
    float[] box = floats(person.get("bbox"));
    float[] scores = new float[133];
    for (int i = 0; i < scores.length; i++) {
      boolean seen =
          person.get("visible").get(i).asInt(1) != 0 && person.get("in_image").get(i).asInt(1) != 0;
      scores[i] = seen ? 1 : 0;
    }
    return new PersonPose(
            new Box(box[0], box[1], box[2], box[3]),
            1,
            rows(person.get("keypoints")),
            rows(person.get("keypoints_3d_camera_m")),
            scores)
        .withId(person.get("id").intValue() + 1);
  }

  private static float[][] rows(JsonNode node) {
    float[][] out = new float[node.size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = floats(node.get(i));
    }
    return out;
  }

  private static float[] floats(JsonNode node) {
    float[] out = new float[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = node.get(i).floatValue();
    }
    return out;
  }
}
