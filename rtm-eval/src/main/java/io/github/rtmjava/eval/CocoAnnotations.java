package io.github.rtmjava.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads annotations of COCO's form in one pass; segmentations and captions are passed over. */
final class CocoAnnotations {
  private static final Set<String> FIELDS =
      Set.of("images", "annotations", "categories", "info", "licenses");

  private final Path file;
  private final JsonCursor json;
  private final KeypointChoice choice;
  private final Remarks remarks;
  private final List<AnnotatedImage> images = new ArrayList<>();
  private final List<Annotation> all = new ArrayList<>();
  private final List<Category> categories = new ArrayList<>();
  private boolean sawImages;
  private boolean sawAnnotations;

  private CocoAnnotations(Path file, JsonCursor json, KeypointChoice choice) {
    this.file = file;
    this.json = json;
    this.choice = choice;
    this.remarks = new Remarks(file.toString());
  }

  /** Whether the first field that tells is one of COCO's. */
  static boolean isCoco(Path file) throws IOException {
    try (JsonCursor json = new JsonCursor(file)) {
      if (!json.isObject()) {
        return false;
      }
      return json.firstField(name -> FIELDS.contains(name) || PoseFiles.isField(name))
          .filter(FIELDS::contains)
          .isPresent();
    }
  }

  static Annotations read(Path file, KeypointChoice choice, Consumer<String> listener)
      throws IOException {
    try (JsonCursor json = new JsonCursor(file)) {
      CocoAnnotations coco = new CocoAnnotations(file, json, choice);
      Annotations read = coco.read();
      coco.remarks.tell(listener);
      return read;
    }
  }

  private Annotations read() throws IOException {
    json.object(
        "annotations of COCO's form",
        name -> {
          switch (name) {
            case "images" -> {
              sawImages = true;
              json.array("images", this::image);
            }
            case "annotations" -> {
              sawAnnotations = true;
              json.array("annotations", this::annotation);
            }
            case "categories" -> {
              if (json.isArray()) {
                json.array("categories", () -> categories.add(Category.read(json)));
              } else {
                json.skip();
              }
            }
            default -> json.skip();
          }
        });
    json.end();
    if (!sawImages || !sawAnnotations) {
      throw new IOException(
          "%s: expected 'images' and 'annotations' as in COCO's files, found no '%s'"
              .formatted(file, sawImages ? "annotations" : "images"));
    }
    PeopleChoice.Chosen chosen = new PeopleChoice(categories, choice, remarks).among(all, images);
    NamedKeypoints judged = KeypointSets.judged(choice, chosen.keypoints());
    return Annotations.checked(
        file.toString(),
        images,
        chosen.people().stream().map(person -> person.first(judged.size())).toList(),
        KeypointSets.of(file.toString(), choice, judged));
  }

  private void image() throws IOException {
    ImageFields image = new ImageFields();
    json.object("a picture", name -> image.read(name, json));
    if (image.id == null || image.fileName == null) {
      throw json.problem(
          "expected 'id' and 'file_name' of every picture, found no '%s'"
              .formatted(image.id == null ? "id" : "file_name"));
    }
    images.add(
        new AnnotatedImage(
            image.id, image.fileName, image.width, image.height, image.crowdIndex, null));
  }

  private void annotation() throws IOException {
    PersonFields person = new PersonFields();
    json.object("an annotation", name -> person.read(name, json));
    all.add(person.annotation(json, KeypointSets.BODY.equals(choice.name()), remarks));
  }

  /** What is read of a picture. */
  private static final class ImageFields {
    private @Nullable Long id;
    private @Nullable String fileName;
    private int width;
    private int height;
    private @Nullable Double crowdIndex;

    void read(String name, JsonCursor json) throws IOException {
      if (json.isNull()) {
        return;
      }
      switch (name) {
        case "id" -> id = json.integer(name);
        case "file_name" -> fileName = json.text(name);
        case "width" -> width = json.count(name);
        case "height" -> height = json.count(name);
        case "crowdIndex" -> crowdIndex = json.number(name);
        default -> json.skip();
      }
    }
  }
}
