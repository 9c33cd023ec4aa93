package io.github.rtmjava.output.format.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.pose.PersonPose;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A person as JSON, as {@link JsonWriter} says. */
final class PersonJson {
  private PersonJson() {}

  /**
   * One person as an object.
   *
   * @param angles of the person's keypoints; null for none in the object
   * @param facing to which side the person looks; null for what this frame says by itself
   * @param frame of the 3D keypoints
   */
  static void write(
      PersonPose person,
      @Nullable Angles angles,
      @Nullable Facing facing,
      Frame3d frame,
      JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    if (person.id().isPresent()) {
      json.writeNumberField("id", person.id().getAsInt());
    }
    if (person.interpolated()) {
      json.writeBooleanField("interpolated", true);
    }
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
    if (angles != null) {
      write(
          "angles_2d_deg",
          angles,
          facing == null ? angles.degrees2d(person) : angles.degrees2d(person, facing),
          json);
      if (person.has3d() && frame != Frame3d.UVD) {
        write("angles_3d_deg", angles, angles.degrees3d(person, frame), json);
      }
    }
    json.writeEndObject();
  }

  /** Those that can be measured, by their names. */
  private static void write(String name, Angles angles, float[] degrees, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (int i = 0; i < degrees.length; i++) {
      if (Float.isFinite(degrees[i])) {
        json.writeNumberField(angles.list().get(i).id(), degrees[i]);
      }
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
