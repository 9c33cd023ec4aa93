package io.github.rtmjava.app.option;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Annotations of whole bodies in COCO's form. */
final class EvalFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] PARTS = {
    "keypoints", "foot_kpts", "face_kpts", "lefthand_kpts", "righthand_kpts"
  };
  private static final int[] CUTS = {0, 17, 23, 91, 112, 133};

  private EvalFiles() {}

  /** One person in each picture, with keypoints close to where the made-up model says. */
  static Path write(Path file, String... pictures) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode images = root.putArray("images");
    ArrayNode people = root.putArray("annotations");
    for (int i = 1; i <= pictures.length; i++) {
      images
          .addObject()
          .put("id", i)
          .put("file_name", pictures[i - 1])
          .put("width", Material.SIDE)
          .put("height", Material.SIDE);
      ObjectNode person =
          people
              .addObject()
              .put("id", i)
              .put("image_id", i)
              .put("category_id", 1)
              .put("iscrowd", 0)
              .put("area", 1536);
      person.putArray("bbox").add(16).add(8).add(32).add(48);
      for (int part = 0; part < PARTS.length; part++) {
        ArrayNode triples = person.putArray(PARTS[part]);
        for (int k = CUTS[part]; k < CUTS[part + 1]; k++) {
          triples.add(32 + 0.9375 * (k % 2)).add(32).add(2);
        }
      }
    }
    JSON.writeValue(file.toFile(), root);
    return file;
  }
}
