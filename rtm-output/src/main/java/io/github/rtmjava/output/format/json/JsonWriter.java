package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as JSON: one object per picture with {@code image}, {@code width} and {@code
 * height} in pixels, {@code model}, {@code frame} of 3D keypoints (see {@link
 * io.github.rtmjava.geometry.Frame3d#id()}; absent where people have none), {@code keypoint_set}
 * and {@code keypoint_names} [K], and {@code persons}. Each person has {@code bbox} [x1, y1, x2,
 * y2] in pixels, {@code bbox_score}, {@code keypoints} [K][2] in pixels, from models with depth
 * {@code keypoints_3d} [K][3] in metres (in the frame {@code uvd} two pixels and metres), and
 * {@code keypoint_scores} [K]. From a model of two hands each has {@code hands}: {@code right} and
 * {@code left}, whether they are there, {@code right_score} and {@code left_score}, 0 to 1, and
 * {@code relative_root_depth} in metres, see {@link io.github.rtmjava.pose.Hands}.
 *
 * <p>Every number is finite: a result that holds another is refused.
 */
public final class JsonWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonWriter() {}

  /**
   * Writes a file, which appears complete or not at all.
   *
   * @param image name of the picture, as it shall stand in the file
   * @throws IOException if the file cannot be written, or a number is not finite
   */
  public static void write(PoseResult result, String image, Path file) throws IOException {
    NewFile.write(file, out -> write(result, image, /* withAngles= */ false, out));
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @param withAngles whether each person has {@code angles_2d_deg} and, with depth, {@code
   *     angles_3d_deg}: degrees by the names of {@link io.github.rtmjava.motion.angle.Angles},
   *     without those that cannot be measured
   * @throws IOException if the stream fails, or a number is not finite
   */
  public static void write(PoseResult result, String image, boolean withAngles, OutputStream out)
      throws IOException {
    write(result, image, withAngles, /* withNames= */ true, out);
  }

  /**
   * The same with {@code keypoint_names}, or without, for those who know them already.
   *
   * @throws IOException if the stream fails, or a number is not finite
   */
  public static void write(
      PoseResult result, String image, boolean withAngles, boolean withNames, OutputStream out)
      throws IOException {
    Angles angles = withAngles ? Angles.of(result.keypointSet()) : null;
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("image", image);
      json.writeNumberField("width", result.width());
      json.writeNumberField("height", result.height());
      json.writeStringField("model", result.model());
      if (result.persons().isEmpty() || result.persons().stream().anyMatch(PersonPose::has3d)) {
        json.writeStringField("frame", result.frame().id());
      }
      json.writeStringField("keypoint_set", result.keypointSet().name());
      if (withNames) {
        json.writeArrayFieldStart("keypoint_names");
        for (String keypoint : result.keypointNames()) {
          json.writeString(keypoint);
        }
        json.writeEndArray();
      }
      json.writeFieldName("persons");
      writePersons(result, angles, json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /**
   * Writes the persons alone, as an array, into a document of the caller's.
   *
   * @param angles of the keypoint set that each person has; null for none
   * @throws IOException if the document fails, or a number is not finite
   */
  public static void writePersons(PoseResult result, @Nullable Angles angles, JsonGenerator json)
      throws IOException {
    json.writeStartArray();
    for (PersonPose person : result.persons()) {
      PersonJson.write(person, angles, /* facing= */ null, result.frame(), json);
    }
    json.writeEndArray();
  }
}
