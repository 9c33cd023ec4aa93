package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What is read of one person in COCO's annotations and results. */
final class PersonFields {
  private static final String KEYPOINTS = "keypoints";

  private @Nullable Long id;
  private @Nullable Long imageId;
  private @Nullable String fileName;
  private @Nullable Long annotationId;
  private @Nullable Long categoryId;
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
      case "image_id" -> image(json);
      case "file_name" -> fileName = json.text(name);
      case "annotation_id" -> annotationId = json.integer(name);
      case "category_id" -> categoryId = json.integer(name);
      case "bbox" -> bbox = json.anyNumbers(name, 5);
      case "area" -> area = json.anyNumber(name);
      case "score" -> score = json.anyNumber(name);
      case "head_size" -> headSize = json.number(name);
      case "num_keypoints" -> declared = json.count(name);
      case "iscrowd" -> crowd = json.flag(name);
      default -> part(name, json);
    }
  }

  /** Some name pictures by their files where COCO has numbers. */
  private void image(JsonCursor json) throws IOException {
    if (!json.isText()) {
      imageId = json.integer("image_id");
      return;
    }
    String text = json.text("image_id");
    if (text.matches("[0-9]{1,18}")) {
      imageId = Long.valueOf(text);
    } else if (fileName == null) {
      fileName = text;
    }
  }

  private void part(String name, JsonCursor json) throws IOException {
    for (KeypointRange part : KeypointRange.wholeBodyParts()) {
      if (name.equals(field(part))) {
        double[] values = json.anyNumbers(name, 3 * KeypointSets.MOST);
        if (values.length % 3 != 0) {
          throw json.problem(
              "expected x, y and a third number of every keypoint in %s, found %s numbers"
                  .formatted(name, values.length));
        }
        if (values.length > 0) {
          triples.put(name, values);
        }
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

  /**
   * An annotation, as far as it can be used: without keypoints where it has none.
   *
   * @param remarks get what is not as expected
   */
  Annotation annotation(JsonCursor json, boolean bodyOnly, Remarks remarks) throws IOException {
    Long known = required(id, "id", "annotation", json);
    String who = "annotation " + known;
    if (area != null && area < 0) {
      throw json.problem("%s: expected an area of 0 or more, found %s".formatted(who, area));
    }
    Triples keypoints = new Triples(annotated(who, bodyOnly, json));
    if (keypoints.dropPlaceless(who, json)) {
      remarks.count(
          "annotation with a keypoint that is NaN",
          "annotations with keypoints that are NaN",
          "these keypoints count as not annotated",
          who);
    }
    double[] box = bbox == null || bbox.length < 4 ? new double[4] : Arrays.copyOf(bbox, 4);
    if (!isBox(box)) {
      box = keypoints.around();
      if (keypoints.any()) {
        remarks.count(
            "annotation without a proper bbox",
            "annotations without a proper bbox",
            isBox(box)
                ? "the rectangle around the keypoints stands in"
                : "judged by AP only, as its keypoints span no rectangle",
            who);
      }
    }
    boolean sized = area != null && Double.isFinite(area) && area > 0;
    Map<String, Annotation.Part> parts = new HashMap<>();
    partBoxes.forEach(
        (name, partBox) ->
            parts.put(name, new Annotation.Part(partBox, partsValid.getOrDefault(name, true))));
    return new Annotation(
        known,
        required(imageId, "image_id", who, json),
        categoryId == null ? Prediction.PERSON : categoryId,
        box,
        keypoints.values(),
        sized ? area : null,
        crowd,
        declared,
        headSize,
        parts,
        new double[0][],
        null);
  }

  /** A result, with as many keypoints as it has. */
  CocoEntries.Entry<Prediction> result(JsonCursor json, int index) throws IOException {
    String who = "result " + index + picture();
    double[] box = bbox == null || bbox.length == 0 ? null : bbox;
    if (box != null && (box.length < 4 || !isFinite(box) || box[2] < 0 || box[3] < 0)) {
      throw json.problem(who + ": expected a bbox of x, y, width and height, found something else");
    }
    Triples keypoints = new Triples(predicted(who, json));
    keypoints.requirePlaces(who, json);
    Prediction person =
        new Prediction(
            image(who, json),
            category(),
            keypoints.values(),
            finiteScore(who, json),
            box,
            new double[0][],
            annotationId);
    return new CocoEntries.Entry<>(person, person.imageId(), category(), fileName);
  }

  /** A detected box with its score; no keypoints. */
  CocoEntries.Entry<ScoredBox> box(JsonCursor json, int index) throws IOException {
    String who = "detection " + index + picture();
    double[] box = required(bbox, "bbox", who, json);
    if (box.length < 4 || !isFinite(box)) {
      throw json.problem(who + ": expected a bbox of x, y, width and height, found something else");
    }
    ScoredBox found = new ScoredBox(image(who, json), category(), box, finiteScore(who, json));
    return new CocoEntries.Entry<>(found, found.imageId(), category(), fileName);
  }

  private long category() {
    return categoryId == null ? Prediction.UNTOLD : categoryId;
  }

  private long image(String who, JsonCursor json) throws IOException {
    if (imageId == null && fileName != null) {
      return CocoEntries.UNNUMBERED;
    }
    return required(imageId, "image_id", who, json);
  }

  private String picture() {
    return imageId != null ? " of picture " + imageId : fileName != null ? " of " + fileName : "";
  }

  private double finiteScore(String who, JsonCursor json) throws IOException {
    double known = required(score, "score", who, json);
    if (!Double.isFinite(known)) {
      throw json.problem("%s: expected a finite score, found %s".formatted(who, known));
    }
    return known;
  }

  private static boolean isFinite(double[] box) {
    return Arrays.stream(box).allMatch(Double::isFinite);
  }

  private static boolean isBox(double[] box) {
    return isFinite(box) && box[2] > 0 && box[3] > 0;
  }

  /** All parts, those that are not there as not annotated; empty where there is none. */
  private double[] annotated(String who, boolean bodyOnly, JsonCursor json) throws IOException {
    if (triples.isEmpty()) {
      return new double[0];
    }
    if (bodyOnly || triples.keySet().equals(Set.of(KEYPOINTS))) {
      return triples.getOrDefault(KEYPOINTS, new double[0]);
    }
    List<double[]> all = new ArrayList<>();
    for (KeypointRange part : KeypointRange.wholeBodyParts()) {
      double[] none = new double[3 * part.size()];
      all.add(checked(part, triples.getOrDefault(field(part), none), who, json));
    }
    return joined(all);
  }

  private double[] predicted(String who, JsonCursor json) throws IOException {
    double[] body = required(triples.get(KEYPOINTS), KEYPOINTS, who, json);
    if (triples.size() == 1) {
      return body;
    }
    List<double[]> all = new ArrayList<>();
    for (KeypointRange part : KeypointRange.wholeBodyParts()) {
      all.add(checked(part, required(triples.get(field(part)), field(part), who, json), who, json));
    }
    return joined(all);
  }

  private static double[] checked(KeypointRange part, double[] values, String who, JsonCursor json)
      throws IOException {
    if (values.length != 3 * part.size()) {
      throw json.problem(
          "%s: expected %s numbers in %s, found %s"
              .formatted(who, 3 * part.size(), field(part), values.length));
    }
    return values;
  }

  private static double[] joined(List<double[]> parts) {
    return parts.stream().flatMapToDouble(DoubleStream::of).toArray();
  }

  private static <T> T required(@Nullable T value, String field, String who, JsonCursor json)
      throws IOException {
    if (value == null) {
      throw json.problem("%s: expected '%s', found none".formatted(who, field));
    }
    return value;
  }
}
