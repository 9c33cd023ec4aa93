package io.github.rtmjava.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A detected person without keypoints.
 *
 * @param imageId of the picture
 * @param categoryId 1 for people in COCO
 * @param bbox [4]: x, y, width, height in pixels
 * @param score of the detector
 */
public record ScoredBox(long imageId, long categoryId, double[] bbox, double score) {

  /**
   * Reads a detector's results of COCO's form, as published top-down figures are made from: an
   * array of {@code image_id}, {@code category_id}, {@code bbox} and {@code score}.
   *
   * @return the people among them, in their order
   * @throws IOException if the file cannot be read or holds something else, said in one line
   */
  public static List<ScoredBox> readPeople(Path file) throws IOException {
    List<ScoredBox> people = new ArrayList<>();
    try (JsonCursor json = new JsonCursor(file)) {
      int[] index = {0};
      json.array(
          "detections",
          () -> {
            PersonFields fields = new PersonFields();
            json.object("a detection", name -> fields.read(name, json));
            ScoredBox box = fields.box(json, index[0]++);
            if (box.categoryId == Prediction.PERSON) {
              people.add(box);
            }
          });
      json.end();
    }
    return people;
  }
}
