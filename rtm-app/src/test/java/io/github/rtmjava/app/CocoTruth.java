package io.github.rtmjava.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Annotations of whole bodies in the form of COCO: everybody stands where the model says. */
final class CocoTruth {
  static final String[] PARTS = {
    "keypoints", "foot_kpts", "face_kpts", "lefthand_kpts", "righthand_kpts"
  };
  static final int[] CUTS = {0, 17, 23, 91, 112, 133};

  private CocoTruth() {}

  /** One person in each picture; pictures, people and their category are numbered from 1. */
  static ObjectNode of(String... pictures) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode images = root.putArray("images");
    ArrayNode people = root.putArray("annotations");
    for (int i = 0; i < pictures.length; i++) {
      images
          .addObject()
          .put("id", i + 1)
          .put("file_name", pictures[i])
          .put("width", 64)
          .put("height", 64);
      ObjectNode person =
          people
              .addObject()
              .put("id", i + 1)
              .put("image_id", i + 1)
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
    return root;
  }
}
