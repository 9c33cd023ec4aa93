package io.github.rtmjava.server.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.message.PoseMessages;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** The messages of the service. */
final class StreamJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory JSON = new JsonFactory();
  private static final double MILLION = 1e6;

  private StreamJson() {}

  /** The first message. */
  static String hello(String model, Recording typical, ServerLimits limits) {
    ObjectNode hello = PoseMessages.hello(model, typical);
    hello
        .putObject("limits")
        .put("frames_in_flight", limits.framesInFlight())
        .put("frame_bytes", limits.frameBytes())
        .put("pixels", limits.pixels())
        .put("idle_s", limits.streamIdle().toSeconds())
        .put("record_frames", limits.recordFrames());
    return hello.toString();
  }

  /**
   * How long a frame took, in nanoseconds.
   *
   * @param queue waiting for its turn, all in all
   * @param decode from bytes to pixels
   * @param compute from pixels to poses, with the wait for other pictures in the networks
   * @param all from its arrival to this answer
   */
  record Times(long queue, long decode, long compute, long all) {}

  /**
   * The answer to a frame.
   *
   * @param camera what 3D keypoints are placed with, where it is not what the answer before had;
   *     null otherwise
   * @param angles null for none
   * @throws IOException if a number is not finite
   */
  static String poses(
      double stamp,
      PoseFrame poses,
      @Nullable Camera camera,
      @Nullable Angles angles,
      long dropped,
      Times times)
      throws IOException {
    StringWriter text = new StringWriter(1 << 14);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("stamp", stamp);
      PoseMessages.frame(poses, camera, angles, json);
      json.writeNumberField("dropped", dropped);
      json.writeObjectFieldStart("ms");
      json.writeNumberField("queue", times.queue / MILLION);
      json.writeNumberField("decode", times.decode / MILLION);
      json.writeNumberField("compute", times.compute / MILLION);
      json.writeNumberField("all", times.all / MILLION);
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  /** That there are no poses of a frame. */
  static String failed(double stamp, ProblemException problem, long dropped) {
    ObjectNode json = MAPPER.createObjectNode().put("stamp", stamp).put("dropped", dropped);
    return json.set("error", Problems.json(problem)).toString();
  }

  /** That a message is not understood, or cannot be done. */
  static String failed(ProblemException problem) {
    return MAPPER.createObjectNode().set("error", Problems.json(problem)).toString();
  }

  /** How the settings are now. */
  static String settings(StreamSettings.Live live) {
    ObjectNode json = MAPPER.createObjectNode();
    ObjectNode set = json.putObject("set");
    if (live.bboxThreshold() != null) {
      set.put("bbox_thr", live.bboxThreshold());
    }
    if (live.maxPersons() != Integer.MAX_VALUE) {
      set.put("max_persons", live.maxPersons());
    }
    set.put("single_person", live.singlePerson())
        .put("smooth", live.smooth())
        .put("angles", live.angles());
    return json.toString();
  }
}
