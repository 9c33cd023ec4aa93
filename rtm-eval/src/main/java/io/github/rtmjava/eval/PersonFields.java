package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What is read of one person in COCO's annotations and results. */
final class PersonFields {
  private static final String KEYPOINTS = "keypoints";

  private @Nullable Long id;
  private @Nullable Long imageId;
  private @Nullable Long annotationId;
  private long categoryId = Prediction.PERSON;
  private double @Nullable [] bbox;
  private @Nullable Double area;
  private @Nullable Double score;
  private @Nullable Double headSize;
  private @Nullable Integer declared;
  private boolean crowd;
  private final Map<String, double[]> triples = new HashMap<>();
  private final Map<String, double[]> partBoxes = new HashMap<>();
  private final Map<String, Boolean> partsValid = new HashMap<>();

  /** Reads the value at which the cursor stands. */
  void read(String name, JsonCursor json) throws IOException {
    if (json.isNull()) {
      return;
    }
    switch (name) {
      case "id" -> id = json.integer(name);
      case "image_id" -> imageId = json.integer(name);
      case "annotation_id" -> annotationId = json.integer(name);
      case "category_id" -> categoryId = json.integer(name);
      case "bbox" -> bbox = json.numbers(name, 5);
      case "area" -> area = json.number(name);
      case "score" -> score = json.number(name);
      case "head_size" -> headSize = json.number(name);
      case "num_keypoints" -> declared = json.count(name);
      case "iscrowd" -> crowd = json.flag(name);
      default -> part(name, json);
    }
  }

  private void part(String name, JsonCursor json) throws IOException {
    for (KeypointRange part : KeypointRange.wholeBodyParts()) {
      if (name.equals(field(part))) {
        double[] values = json.numbers(name, 3 * KeypointSets.MOST);
        if (values.length % 3 != 0 || values.length == 0) {
          throw json.problem(
              "expected x, y and a third number of every keypoint in %s, found %s numbers"
                  .formatted(name, values.length));
        }
        triples.put(name, values);
        return;
      } else if (name.equals(part.name() + "_box")) {
        partBoxes.put(part.name(), json.exactly(name, 4));
        return;
      } else if (name.equals(part.name() + "_valid")) {
        partsValid.put(part.name(), json.flag(name));
        return;
      }
    }
    json.skip();
  }

  static String field(KeypointRange part) {
    return part.name().equals("body") ? KEYPOINTS : part.name() + "_kpts";
  }

  Annotation complete(JsonCursor json, boolean bodyOnly) throws IOException {
    Long known = required(id, "id", "annotation", json);
    String who = "annotation " + known;
    double[] box = required(bbox, "bbox", who, json);
    if (box.length != 4 || box[2] < 0 || box[3] < 0) {
      throw json.problem(who + ": expected a bbox of x, y, width and height, found something else");
    }
    if (area != null && area < 0) {
      throw json.problem("%s: expected an area of 0 or more, found %s".formatted(who, area));
    }
    Map<String, Annotation.Part> parts = new HashMap<>();
    partBoxes.forEach(
        (name, partBox) ->
            parts.put(name, new Annotation.Part(partBox, partsValid.getOrDefault(name, true))));
    return new Annotation(
        known,
        required(imageId, "image_id", who, json),
        categoryId,
        box,
        keypoints(who, bodyOnly, json),
        area,
        crowd,
        declared,
        headSize,
        parts,
        new double[0][],
        null);
  }

  /** A result, with as many keypoints as it has. */
  Prediction complete(JsonCursor json, int index) throws IOException {
    String who = "result " + index;
    double[] box = bbox == null || bbox.length == 0 ? null : bbox;
    if (box != null && (box.length < 4 || box[2] < 0 || box[3] < 0)) {
      throw json.problem(who + ": expected a bbox of x, y, width and height, found something else");
    }
    return new Prediction(
        required(imageId, "image_id", who, json),
        categoryId,
        keypoints(who, false, json),
        required(score, "score", who, json),
        box,
        new double[0][],
        annotationId);
  }

  /** A detected box with its score; no keypoints. */
  ScoredBox box(JsonCursor json, int index) throws IOException {
    String who = "detection " + index;
    double[] box = required(bbox, "bbox", who, json);
    if (box.length < 4) {
      throw json.problem(who + ": expected a bbox of x, y, width and height, found something else");
    }
    return new ScoredBox(
        required(imageId, "image_id", who, json),
        categoryId,
        box,
        required(score, "score", who, json));
  }

  private double[] keypoints(String who, boolean bodyOnly, JsonCursor json) throws IOException {
    double[] body = required(triples.get(KEYPOINTS), KEYPOINTS, who, json);
    if (triples.size() == 1 || bodyOnly) {
      return body;
    }
    List<double[]> all = new ArrayList<>();
    for (KeypointRange part : KeypointRange.wholeBodyParts()) {
      double[] values = required(triples.get(field(part)), field(part), who, json);
      if (values.length != 3 * part.size()) {
        throw json.problem(
            "%s: expected %s numbers in %s, found %s"
                .formatted(who, 3 * part.size(), field(part), values.length));
      }
      all.add(values);
    }
    return all.stream().flatMapToDouble(DoubleStream::of).toArray();
  }

  private static <T> T required(@Nullable T value, String field, String who, JsonCursor json)
      throws IOException {
    if (value == null) {
      throw json.problem("%s: expected '%s', found none".formatted(who, field));
    }
    return value;
  }
}
