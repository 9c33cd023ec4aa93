package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is read of one picture in this project's own form. */
final class PictureFields {
  /** Frames in which x points right, y down and z forward; where the origin is does not matter. */
  private static final Set<String> FRAMES = Set.of("camera", "root_relative");

  private @Nullable String name;
  private int width;
  private int height;
  private @Nullable String frame;
  private double @Nullable [] focal;
  private double @Nullable [] centre;
  private String set = "";
  private final List<String> names = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();

  private PictureFields() {}

  static PictureFields read(JsonCursor json) throws IOException {
    PictureFields picture = new PictureFields();
    json.object("a picture", field -> picture.field(field, json));
    if (picture.name == null) {
      throw json.problem("expected 'image', the name of the picture, found none");
    }
    if (picture.frame != null
        && !FRAMES.contains(picture.frame)
        && picture.people.stream().anyMatch(person -> person.keypoints3d.length > 0)) {
      throw json.problem(
          "expected 3D keypoints in the frame camera or root_relative, found '%s'; leave --frame and"
                  .formatted(picture.frame)
              + " --compat out where results are to be compared");
    }
    return picture;
  }

  private void field(String field, JsonCursor json) throws IOException {
    if (json.isNull()) {
      return;
    }
    switch (field) {
      case "image" -> name = json.text(field);
      case "width" -> width = json.count(field);
      case "height" -> height = json.count(field);
      case "frame" -> frame = json.text(field);
      case "keypoint_set" -> set = json.text(field);
      case "keypoint_names" -> json.array(field, () -> names.add(json.label("a keypoint's name")));
      case "camera" -> json.object(field, inner -> camera(inner, json));
      case "persons", "people" -> json.array(field, () -> people.add(Person.read(json)));
      default -> json.skip();
    }
  }

  private void camera(String field, JsonCursor json) throws IOException {
    switch (field) {
      case "f" -> focal = json.exactly(field, 2);
      case "c" -> centre = json.exactly(field, 2);
      default -> json.skip();
    }
  }

  String name() {
    return name == null ? "" : name;
  }

  /** What is said of the keypoints of its people, of whom there is one at least. */
  NamedKeypoints keypoints() {
    return new NamedKeypoints(people.get(0).keypointCount(), set, names, List.of());
  }

  List<Person> people() {
    return people;
  }

  AnnotatedImage image(long id) {
    return new AnnotatedImage(
        id,
        name(),
        width,
        height,
        null,
        focal == null || centre == null
            ? null
            : new AnnotatedImage.Lens(focal[0], focal[1], centre[0], centre[1]));
  }

  /** What is read of one person. */
  static final class Person {
    private double @Nullable [] corners;
    private double bboxScore = 1;
    private double @Nullable [][] keypoints;
    private double[][] keypoints3d = new double[0][];
    private double @Nullable [] scores;
    private double @Nullable [] visible;
    private double @Nullable [] inImage;
    private @Nullable Double area;
    private @Nullable Double rootDepth;

    private Person() {}

    private static Person read(JsonCursor json) throws IOException {
      Person person = new Person();
      json.object("a person", field -> person.field(field, json));
      person.requireSense(json);
      return person;
    }

    private void field(String field, JsonCursor json) throws IOException {
      if (json.isNull()) {
        return;
      }
      switch (field) {
        case "bbox" -> corners = json.exactly(field, 4);
        case "bbox_score" -> bboxScore = json.number(field);
        case "keypoints" -> keypoints = json.anyRows(field, 2);
        case "keypoints_3d", "keypoints_3d_camera_m" -> keypoints3d = json.rows(field, 3);
        case "keypoint_scores" -> scores = json.numbers(field, KeypointSets.MOST);
        case "visible" -> visible = json.numbers(field, KeypointSets.MOST);
        case "in_image" -> inImage = json.numbers(field, KeypointSets.MOST);
        case "area" -> area = json.number(field);
        case "root_depth", "root_z_m" -> rootDepth = json.number(field);
        default -> json.skip();
      }
    }

    private void requireSense(JsonCursor json) throws IOException {
      if (corners == null || keypoints == null) {
        throw json.problem(
            "expected 'bbox' and 'keypoints' of every person, found no '%s'"
                .formatted(corners == null ? "bbox" : "keypoints"));
      }
      if (corners[0] > corners[2] || corners[1] > corners[3]) {
        throw json.problem("expected a bbox of x1 <= x2 and y1 <= y2, found another");
      }
      int size = keypoints.length;
      if (size == 0) {
        throw json.problem("expected keypoints of every person, found none");
      }
      if (keypoints3d.length != 0 && keypoints3d.length != size) {
        throw json.problem(
            "expected %s keypoints in 3D too, found %s".formatted(size, keypoints3d.length));
      }
      for (double @Nullable [] values :
          new double @Nullable [] @Nullable [] {scores, visible, inImage}) {
        if (values != null && values.length != size) {
          throw json.problem(
              "expected one score or flag for each of %s keypoints, found %s"
                  .formatted(size, values.length));
        }
      }
      if (area != null && area < 0) {
        throw json.problem("expected an area of 0 or more, found " + area);
      }
      if (rootDepth != null && !(rootDepth > 0)) {
        throw json.problem("expected a root depth above 0 metres, found " + rootDepth);
      }
    }

    /** Whether a keypoint is annotated without a place. */
    boolean lacksPlaces() {
      return IntStream.range(0, keypointCount()).anyMatch(k -> !hasPlace(k) && visibility(k) > 0);
    }

    Annotation annotation(long id, long image) {
      return new Annotation(
          id,
          image,
          Prediction.PERSON,
          bbox(),
          triples(this::visibility),
          area,
          false,
          null,
          null,
          Map.of(),
          keypoints3d,
          rootDepth);
    }

    /**
     * As a result.
     *
     * @throws IOException if a keypoint has a score and no place
     */
    Prediction prediction(String file, String picture, long image, ScoringRules rules)
        throws IOException {
      for (int k = 0; k < keypointCount(); k++) {
        if (!hasPlace(k) && score(k) > 0) {
          throw new IOException(
              "%s: expected finite numbers of keypoint %s of everybody in %s, found others"
                  .formatted(file, k, picture));
        }
      }
      float[] floats = new float[keypointCount()];
      for (int k = 0; k < floats.length; k++) {
        floats[k] = (float) score(k);
      }
      return new Prediction(
          image,
          Prediction.UNTOLD,
          triples(this::score),
          rules.score(bboxScore, floats),
          bbox(),
          keypoints3d,
          null);
    }

    private int keypointCount() {
      return keypoints == null ? 0 : keypoints.length;
    }

    private double[] bbox() {
      return corners == null
          ? new double[4]
          : new double[] {corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1]};
    }

    private double[] triples(IntToDoubleFunction third) {
      double[] out = new double[3 * keypointCount()];
      if (keypoints != null) {
        for (int k = 0; k < keypoints.length; k++) {
          if (hasPlace(k)) {
            out[3 * k] = keypoints[k][0];
            out[3 * k + 1] = keypoints[k][1];
            out[3 * k + 2] = third.applyAsDouble(k);
          }
        }
      }
      return out;
    }

    private boolean hasPlace(int k) {
      return keypoints != null
          && Double.isFinite(keypoints[k][0])
          && Double.isFinite(keypoints[k][1]);
    }

    private double score(int k) {
      return scores == null ? 1 : scores[k];
    }

    private double visibility(int k) {
      if (visible != null && visible[k] > 0) {
        return 2;
      }
      if (inImage != null) {
        return inImage[k] > 0 ? 1 : 0;
      }
      return visible != null ? 1 : score(k) > 0 ? 2 : 0;
    }
  }
}
