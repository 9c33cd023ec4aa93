package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of a video as lines of JSON while they come: what is there can be read at any
 * time. The first line says what all have in common: {@code video}, {@code width}, {@code height},
 * {@code frame_rate}, {@code model}, {@code frame} (of the 3D keypoints, where the model has
 * depth), {@code camera} where it is known or assumed ({@code fx}, {@code fy}, {@code cx}, {@code
 * cy} in pixels, {@code root_depth} in metres), {@code keypoint_set} and {@code keypoint_names}.
 * Each other line is a frame: {@code frame} from 0 on, {@code time_s} from the start, and {@code
 * persons} as in {@link JsonWriter}, with their {@code id}, and with {@code "interpolated": true}
 * where somebody was not found and stands between the frames before and after.
 *
 * <p>Every number is finite: a result that holds another is refused.
 */
public final class JsonLinesWriter implements AutoCloseable {
  /** How often the lines so far are given to the operating system. */
  private static final long FLUSH_NANOS = 1_000_000_000;

  /** Where the model has depth although no camera is known. */
  private static final Set<Frame3d> NEED_NO_CAMERA =
      EnumSet.of(Frame3d.UVD, Frame3d.RTMPOSE3D, Frame3d.ROOT_RELATIVE);

  private static final JsonFactory JSON = new JsonFactory();

  private final OutputStream out;
  private final @Nullable Angles angles;
  private final @Nullable FacingOverTime facing;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long flushed = System.nanoTime();

  /** Begins the file, over what was there. */
  public JsonLinesWriter(Path file, Recording recording) throws IOException {
    this(file, recording, /* withAngles= */ false);
  }

  /**
   * The same.
   *
   * @param withAngles whether each person has {@code angles_2d_deg} and, with depth, {@code
   *     angles_3d_deg}: degrees by the names of {@link Angles}, without those that cannot be
   *     measured
   */
  public JsonLinesWriter(Path file, Recording recording, boolean withAngles) throws IOException {
    angles = withAngles ? Angles.of(recording.keypointSet()) : null;
    facing = angles == null ? null : angles.overTime();
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    try {
      line(json -> write(recording, json));
      out.flush();
    } catch (IOException | RuntimeException | Error e) {
      out.close();
      throw e;
    }
  }

  /**
   * Adds a frame. With angles its line comes half a second later, and the last ones when this is
   * closed.
   *
   * @throws IOException if the file cannot be written, or a number is not finite
   */
  public void write(PoseFrame frame) throws IOException {
    if (facing == null) {
      line(json -> write(frame, null, json));
    } else {
      lines(facing.add(frame));
    }
    if (System.nanoTime() - flushed > FLUSH_NANOS) {
      out.flush();
      flushed = System.nanoTime();
    }
  }

  private void lines(List<FacingOverTime.Frame> frames) throws IOException {
    for (FacingOverTime.Frame frame : frames) {
      line(json -> write(frame.poses(), frame.facings(), json));
    }
  }

  /** A line appears whole or not at all. */
  private void line(Content content) throws IOException {
    line.reset();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      content.write(json);
    }
    line.write('\n');
    line.writeTo(out);
  }

  private void write(PoseFrame frame, @Nullable List<Facing> facings, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("frame", frame.index());
    json.writeNumberField("time_s", frame.time());
    json.writeArrayFieldStart("persons");
    List<PersonPose> persons = frame.result().persons();
    for (int i = 0; i < persons.size(); i++) {
      Facing side = facings == null ? null : facings.get(i);
      PersonJson.write(persons.get(i), angles, side, frame.result().frame(), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Recording recording, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("video", recording.source());
    json.writeNumberField("width", recording.width());
    json.writeNumberField("height", recording.height());
    json.writeNumberField("frame_rate", recording.frameRate());
    json.writeStringField("model", recording.model());
    Camera camera = recording.camera();
    if (camera != null || NEED_NO_CAMERA.contains(recording.frame())) {
      json.writeStringField("frame", recording.frame().id());
    }
    if (camera != null) {
      json.writeObjectFieldStart("camera");
      json.writeNumberField("fx", camera.fx());
      json.writeNumberField("fy", camera.fy());
      json.writeNumberField("cx", camera.cx());
      json.writeNumberField("cy", camera.cy());
      json.writeNumberField("root_depth", camera.rootDepth());
      json.writeEndObject();
    }
    json.writeStringField("keypoint_set", recording.keypointSet().name());
    json.writeArrayFieldStart("keypoint_names");
    for (var point : recording.keypointSet().points()) {
      json.writeString(point.name());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (facing != null) {
        lines(facing.finish());
      }
    }
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }
}
