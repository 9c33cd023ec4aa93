package io.github.rtmjava.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A detected person without keypoints.
 *
 * @param imageId of the picture, as the annotations number it
 * @param categoryId as the annotations number it
 * @param bbox [4]: x, y, width, height in pixels
 * @param score of the detector
 */
public record ScoredBox(long imageId, long categoryId, double[] bbox, double score) {

  /**
   * Reads a detector's results of COCO's form, as published top-down figures are made from: an
   * array of {@code image_id} or {@code file_name}, {@code category_id}, {@code bbox} and {@code
   * score}.
   *
   * @param remarks gets a line for each kind of thing that is left out or stood in for
   * @return those of annotated pictures and categories, in their order
   * @throws IOException if the file cannot be read or holds something else, said in one line
   */
  public static List<ScoredBox> readPeople(
      Path file, Annotations annotations, Consumer<String> remarks) throws IOException {
    Remarks kinds = new Remarks(file.toString());
    List<ScoredBox> people =
        new CocoEntries<ScoredBox>(
                "detection",
                PersonFields::box,
                (box, image, category) -> new ScoredBox(image, category, box.bbox, box.score))
            .read(file, List.of(file), annotations, kinds, remarks);
    kinds.tell(remarks);
    return people;
  }
}
