package io.github.rtmjava.eval;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads results files. */
public final class Predictions {
  private Predictions() {}

  /**
   * Reads a results file of COCO's form ({@code image_id}, {@code category_id}, {@code keypoints},
   * {@code score}; of whole bodies either with all keypoints in {@code keypoints} or with those of
   * the parts in fields of their own), or files of this project's form, as {@code rtm infer} writes
   * them: one, an array of them, or a folder of them.
   *
   * @param rules how people of files of this project's form are ranked
   * @return results with as many keypoints as the annotations; of models with more, those of COCO's
   *     body
   * @throws IOException if a file cannot be read, holds something else or does not go with the
   *     annotations, said in one line
   */
  public static List<Prediction> read(Path path, Annotations annotations, ScoringRules rules)
      throws IOException {
    List<Prediction> all =
        !Files.isDirectory(path) && isCoco(path)
            ? readCoco(path, annotations)
            : PoseFiles.predictions(path, annotations, rules);
    return fitting(path.toString(), all, annotations);
  }

  private static boolean isCoco(Path file) throws IOException {
    try (JsonCursor json = new JsonCursor(file)) {
      if (!json.isArray()) {
        return false;
      }
      if (!json.enter()) {
        return true;
      }
      return json.isObject()
          && json.firstField(name -> name.equals("image_id") || PoseFiles.isField(name))
              .filter("image_id"::equals)
              .isPresent();
    }
  }

  private static List<Prediction> readCoco(Path file, Annotations annotations) throws IOException {
    Map<Long, AnnotatedImage> images = annotations.imagesById();
    List<Prediction> people = new ArrayList<>();
    try (JsonCursor json = new JsonCursor(file)) {
      json.array(
          "results",
          () -> {
            PersonFields fields = new PersonFields();
            json.object("a result", name -> fields.read(name, json));
            Prediction person = fields.complete(json, people.size());
            if (!images.containsKey(person.imageId())) {
              throw json.problem(
                  "result %s is of picture %s, which is not among those of the annotations"
                      .formatted(people.size(), person.imageId()));
            }
            people.add(person);
          });
      json.end();
    }
    return people;
  }

  /**
   * What a model found in one picture, ranked.
   *
   * @param boxes those in which it was asked for people, one for each of them; empty where it found
   *     them itself
   */
  public static List<Prediction> of(
      PoseResult result, long imageId, List<GivenBox> boxes, ScoringRules rules) {
    if (!boxes.isEmpty() && boxes.size() != result.size()) {
      throw new IllegalArgumentException(
          "expected a person for each of %s boxes, found %s"
              .formatted(boxes.size(), result.size()));
    }
    List<Prediction> people = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      people.add(
          of(result.persons().get(i), imageId, boxes.isEmpty() ? null : boxes.get(i), rules));
    }
    return PoseFiles.suppress(people, result.keypointSet(), rules);
  }

  private static Prediction of(
      PersonPose person, long imageId, @Nullable GivenBox given, ScoringRules rules) {
    float[][] xy = person.keypoints();
    float[][] xyz = person.keypoints3d();
    float[] scores = person.scores();
    double[] triples = new double[3 * scores.length];
    double[][] metres = new double[xyz.length][];
    for (int k = 0; k < scores.length; k++) {
      triples[3 * k] = xy[k][0];
      triples[3 * k + 1] = xy[k][1];
      triples[3 * k + 2] = scores[k];
    }
    for (int k = 0; k < xyz.length; k++) {
      metres[k] = new double[] {xyz[k][0], xyz[k][1], xyz[k][2]};
    }
    Box box = person.bbox();
    return new Prediction(
        imageId,
        Prediction.PERSON,
        triples,
        rules.score(given == null ? person.bboxScore() : given.score(), scores),
        new double[] {box.x1(), box.y1(), box.width(), box.height()},
        metres,
        given == null ? null : given.annotationId());
  }

  /**
   * The same people with as many keypoints as the annotations have.
   *
   * @throws IOException if they are of another keypoint set
   */
  public static List<Prediction> fitting(
      String from, List<Prediction> people, Annotations annotations) throws IOException {
    int expected = annotations.keypointSet().size();
    List<Prediction> out = new ArrayList<>(people.size());
    for (Prediction person : people) {
      requireFit(from, person.size(), annotations);
      out.add(person.size() == expected ? person : person.first(expected));
    }
    return out;
  }

  /**
   * Refuses keypoints that cannot be compared with the annotations.
   *
   * @param from what they are of, for people
   * @param size number of keypoints
   * @throws IOException if the annotations have another keypoint set
   */
  public static void requireFit(String from, int size, Annotations annotations) throws IOException {
    int expected = annotations.keypointSet().size();
    boolean bodies = expected == KeypointRange.COCO_BODY && beginsWithBody(size);
    if (size != expected && !bodies) {
      throw new IOException(
          "%s: expected %s keypoints as in the annotations (%s), found %s; annotations and"
                  .formatted(from, expected, annotations.keypointSet().name(), size)
              + " predictions must be of one keypoint set (--keypoints coco takes the body only)");
    }
  }

  private static boolean beginsWithBody(int size) {
    return size == KeypointRange.COCO_BODY || size == 26 || size == KeypointRange.WHOLE_BODY;
  }
}
