package io.github.rtmjava.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes results as JSON: one object per picture with {@code image}, {@code width} and {@code
 * height} in pixels, {@code model}, {@code frame} (the frame of the 3D keypoints, see {@link
 * io.github.rtmjava.geometry.Frame3d#id()}), {@code keypoint_set} and {@code keypoint_names} [K],
 * and {@code persons}. Each person has {@code bbox} [x1, y1, x2, y2] in pixels, {@code bbox_score},
 * {@code keypoints} [K][2] in pixels, from models with depth {@code keypoints_3d} [K][3] in metres
 * (in the frame {@code uvd} two pixels and metres), and {@code keypoint_scores} [K]. From a model
 * of two hands each has {@code hands}: {@code right} and {@code left}, whether they are there,
 * {@code right_score} and {@code left_score}, 0 to 1, and {@code relative_root_depth} in metres,
 * see {@link Hands}.
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
    NewFile.write(file, out -> write(result, image, out));
  }

  /**
   * Writes to a stream, which stays open.
   *
   * @throws IOException if the stream fails, or a number is not finite
   */
  public static void write(PoseResult result, String image, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("image", image);
      json.writeNumberField("width", result.width());
      json.writeNumberField("height", result.height());
      json.writeStringField("model", result.model());
      json.writeStringField("frame", result.frame().id());
      json.writeStringField("keypoint_set", result.keypointSet().name());
      json.writeArrayFieldStart("keypoint_names");
      for (String keypoint : result.keypointNames()) {
        json.writeString(keypoint);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("persons");
      for (PersonPose person : result.persons()) {
        write(person, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(PersonPose person, JsonGenerator json) throws IOException {
    json.writeStartObject();
    row("bbox", person.bbox().toArray(), json);
    field("bbox_score", person.bboxScore(), json);
    rows("keypoints", person.keypoints(), json);
    if (person.has3d()) {
      rows("keypoints_3d", person.keypoints3d(), json);
    }
    row("keypoint_scores", person.scores(), json);
    if (person.hands().isPresent()) {
      write(person.hands().get(), json);
    }
    json.writeEndObject();
  }

  private static void write(Hands hands, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("hands");
    json.writeBooleanField("right", hands.right());
    json.writeBooleanField("left", hands.left());
    field("right_score", hands.rightScore(), json);
    field("left_score", hands.leftScore(), json);
    field("relative_root_depth", hands.relativeRootDepth(), json);
    json.writeEndObject();
  }

  private static void rows(String name, float[][] rows, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(name);
    for (float[] row : rows) {
      values(name, row, json);
    }
    json.writeEndArray();
  }

  private static void row(String name, float[] row, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    values(name, row, json);
  }

  private static void values(String name, float[] row, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (float value : row) {
      number(name, value, json);
    }
    json.writeEndArray();
  }

  private static void field(String name, float value, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    number(name, value, json);
  }

  private static void number(String name, float value, JsonGenerator json) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException(
          "expected finite numbers in %s, found %s; the model's weights may be damaged, verify them"
              .formatted(name, value));
    }
    json.writeNumber(value);
  }
}
