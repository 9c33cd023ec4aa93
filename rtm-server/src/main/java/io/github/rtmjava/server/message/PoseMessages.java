package io.github.rtmjava.server.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts that messages about poses have in common, wherever the frames come from. */
public final class PoseMessages {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of the messages; another one where a client that knows this one would not understand. */
  private static final int VERSION = 1;

  /** Where the model has depth although no camera is known. */
  private static final Set<Frame3d> NEED_NO_CAMERA =
      EnumSet.of(Frame3d.UVD, Frame3d.RTMPOSE3D, Frame3d.ROOT_RELATIVE);

  private PoseMessages() {}

  /** The first message, which says what the others mean; callers add what is theirs. */
  public static ObjectNode hello(String model, Recording typical) {
    KeypointSet set = typical.keypointSet();
    ObjectNode hello =
        MAPPER
            .createObjectNode()
            .put("hello", VERSION)
            .put("model", model)
            .put("network", typical.model())
            .put("keypoint_set", set.name());
    ArrayNode names = hello.putArray("keypoint_names");
    ArrayNode colours = hello.putArray("keypoint_colours");
    for (KeypointSet.Point point : set.points()) {
      names.add(point.name());
      colours.add(colour(point.rgb()));
    }
    ArrayNode links = hello.putArray("links");
    for (KeypointSet.Link link : set.links()) {
      links.addArray().add(link.from()).add(link.to()).add(colour(link.rgb()));
    }
    if (typical.camera() != null || NEED_NO_CAMERA.contains(typical.frame())) {
      hello.put("frame", typical.frame().id());
    }
    return hello;
  }

  private static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  /**
   * The fields of a frame: its number, time and size, and its people.
   *
   * @param camera what 3D keypoints are placed with; null to leave it out
   * @param angles null for none
   * @throws IOException if a number is not finite
   */
  public static void frame(
      PoseFrame poses, @Nullable Camera camera, @Nullable Angles angles, JsonGenerator json)
      throws IOException {
    PoseResult result = poses.result();
    json.writeNumberField("frame", poses.index());
    json.writeNumberField("time_s", poses.time());
    json.writeNumberField("width", result.width());
    json.writeNumberField("height", result.height());
    if (camera != null) {
      json.writeObjectFieldStart("camera");
      json.writeNumberField("fx", camera.fx());
      json.writeNumberField("fy", camera.fy());
      json.writeNumberField("cx", camera.cx());
      json.writeNumberField("cy", camera.cy());
      json.writeEndObject();
    }
    json.writeFieldName("persons");
    JsonWriter.writePersons(result, angles, json);
  }

  /** That frames are kept from now on. */
  public static String recording(String id) {
    ObjectNode json = MAPPER.createObjectNode();
    json.putObject("recording").put("id", id).put("state", "on");
    return json.toString();
  }

  /**
   * That frames are kept no longer.
   *
   * @param why the end came
   */
  public static String recorded(String id, int frames, String why, long keptSeconds) {
    ObjectNode json = MAPPER.createObjectNode();
    json.putObject("recording")
        .put("id", id)
        .put("state", "off")
        .put("frames", frames)
        .put("why", why)
        .put("kept_s", keptSeconds);
    return json.toString();
  }
}
