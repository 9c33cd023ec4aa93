package io.github.rtmjava.eval;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads results files. */
public final class Predictions {
  private static final Set<String> COCO_FIELDS = Set.of("image_id", "file_name", "category_id");

  private Predictions() {}

  /**
   * Reads a results file of COCO's form ({@code image_id}, {@code category_id}, {@code keypoints},
   * {@code score}; of whole bodies either with all keypoints in {@code keypoints} or with those of
   * the parts in fields of their own), or files of this project's form, as {@code rtm infer} writes
   * them: one, an array of them, or a folder of them.
   *
   * <p>Pictures are told by {@code file_name} where a result has one, otherwise by {@code
   * image_id}. Folders, capitals and the way a name is written on other systems do not matter.
   *
   * @param rules how people of files of this project's form are ranked
   * @param remarks gets a line for each kind of thing that is left out or stood in for
   * @return results with as many keypoints as the annotations; of models with more, those of COCO's
   *     body
   * @throws IOException if a file cannot be read, holds something else or does not go with the
   *     annotations, said in one line
   */
  public static List<Prediction> read(
      Path path, Annotations annotations, ScoringRules rules, Consumer<String> remarks)
      throws IOException {
    Remarks kinds = new Remarks(path.toString());
    List<Path> coco = new ArrayList<>();
    List<Path> own = new ArrayList<>();
    for (Path file : PoseFiles.files(path)) {
      (isCoco(file) ? coco : own).add(file);
    }
    List<Prediction> all = new ArrayList<>();
    if (own.isEmpty()) {
      all.addAll(
          new CocoEntries<Prediction>("result", PersonFields::result, Prediction::of)
              .read(path, coco, annotations, kinds, remarks));
    } else {
      all.addAll(PoseFiles.predictions(path, own, annotations, rules, kinds));
      for (Path file : coco) {
        kinds.count(
            "file of COCO's form beside files of this project's form",
            "files of COCO's form beside files of this project's form",
            "left out",
            file.toString());
      }
    }
    kinds.tell(remarks);
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
          && json.firstField(name -> COCO_FIELDS.contains(name) || PoseFiles.isField(name))
              .filter(COCO_FIELDS::contains)
              .isPresent();
    }
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
        given == null || given.categoryId() == null ? Prediction.UNTOLD : given.categoryId(),
        triples,
        rules.score(given == null ? person.bboxScore() : given.score(), scores),
        new double[] {box.x1(), box.y1(), box.width(), box.height()},
        metres,
        given == null ? null : given.annotationId());
  }

  /**
   * The same people with as many keypoints as the annotations have, of their category if they have
   * one alone.
   *
   * @throws IOException if they are of another keypoint set
   */
  public static List<Prediction> fitting(
      String from, List<Prediction> people, Annotations annotations) throws IOException {
    int expected = annotations.keypointSet().size();
    Optional<Long> only = annotations.onlyCategory();
    List<Prediction> out = new ArrayList<>(people.size());
    for (Prediction person : people) {
      requireFit(from, person.size(), annotations);
      Prediction fit = person.size() == expected ? person : person.first(expected);
      boolean told = fit.categoryId() != Prediction.UNTOLD;
      out.add(told || only.isEmpty() ? fit : fit.of(fit.imageId(), only.get()));
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
    boolean bodies =
        expected == KeypointRange.COCO_BODY && KeypointSets.beginsWithBody(size, List.of());
    if (size != expected && !bodies) {
      throw new IOException(
          "%s: expected %s keypoints as in the annotations (%s), found %s; annotations and"
                  .formatted(from, expected, annotations.keypointSet().name(), size)
              + " predictions must be of one keypoint set (--keypoints coco takes the body only)");
    }
  }
}
