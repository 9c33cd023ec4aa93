package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A category of COCO's annotations.
 *
 * @param id whatever its file numbers it by
 * @param name empty where the file does not tell
 * @param keypoints their names; empty where the file does not tell
 * @param sigmas of the keypoints; empty where the file does not tell
 */
record Category(long id, String name, List<String> keypoints, List<Double> sigmas) {
  private static final Set<String> PEOPLE = Set.of("person", "people", "persons", "human");

  static Category unnamed(long id) {
    return new Category(id, "", List.of(), List.of());
  }

  static Category read(JsonCursor json) throws IOException {
    Fields fields = new Fields();
    json.object("a category", name -> fields.read(name, json));
    return fields.complete(json);
  }

  boolean isPeople() {
    return PEOPLE.contains(name.toLowerCase(Locale.ROOT).strip());
  }

  /** For people: its id and, where there is one, its name. */
  @Override
  public String toString() {
    return name.isEmpty() ? Long.toString(id) : id + " (" + name + ")";
  }

  /** What is read of a category. */
  private static final class Fields {
    private long id = Long.MIN_VALUE;
    private String name = "";
    private final List<String> keypoints = new ArrayList<>();
    private final List<Double> sigmas = new ArrayList<>();

    void read(String field, JsonCursor json) throws IOException {
      if (json.isNull()) {
        return;
      }
      switch (field) {
        case "id" -> id = json.integer(field);
        case "name" -> name = json.label(field);
        case "keypoints" -> list(json, () -> keypoints.add(json.label("a keypoint's name")));
        case "sigmas" -> list(json, () -> sigmas.add(json.number("a sigma")));
        default -> json.skip();
      }
    }

    /** Whatever is no list says nothing of keypoints. */
    private static void list(JsonCursor json, JsonCursor.Element element) throws IOException {
      if (json.isArray()) {
        json.array("a list", element);
      } else {
        json.skip();
      }
    }

    Category complete(JsonCursor json) throws IOException {
      if (id == Long.MIN_VALUE) {
        throw json.problem("expected 'id' of every category, found none");
      }
      return new Category(id, name, keypoints, sigmas);
    }
  }
}
