package io.github.rtmjava.eval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes results of COCO's form, which pycocotools and xtcocotools read: whole bodies with the
 * keypoints of each part in a field of its own, everybody else with {@code keypoints} and, where
 * there is one, {@code bbox}, as mmpose does.
 */
public final class CocoResults {
  private static final JsonFactory JSON = new JsonFactory();

  private CocoResults() {}

  /**
   * Writes a file, which appears complete or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(List<Prediction> people, Path file) throws IOException {
    NewFile.write(file, out -> write(people, out));
  }

  /** Writes to a stream, which stays open. */
  public static void write(List<Prediction> people, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartArray();
      for (Prediction person : people) {
        write(person, json);
        json.writeRaw('\n');
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }

  private static void write(Prediction person, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("image_id", person.imageId());
    boolean told = person.categoryId() != Prediction.UNTOLD;
    json.writeNumberField("category_id", told ? person.categoryId() : Prediction.PERSON);
    if (person.size() == KeypointRange.WHOLE_BODY) {
      for (KeypointRange part : KeypointRange.wholeBodyParts()) {
        json.writeFieldName(PersonFields.field(part));
        json.writeArray(person.keypoints(), 3 * part.from(), 3 * part.size());
      }
    } else {
      json.writeFieldName("keypoints");
      json.writeArray(person.keypoints(), 0, person.keypoints().length);
      if (person.bbox() != null) {
        json.writeFieldName("bbox");
        json.writeArray(person.bbox(), 0, person.bbox().length);
      }
    }
    json.writeNumberField("score", person.score());
    json.writeEndObject();
  }
}
