package io.github.rtmjava.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays of COCO's form, results or detections, and joins them with annotations: by the names
 * of pictures where there are any, and by categories however they are numbered.
 *
 * @param <T> what an entry holds
 */
final class CocoEntries<T> {
  /** The id of a picture that has a name alone. */
  static final long UNNUMBERED = Long.MIN_VALUE;

  /**
   * One of them.
   *
   * @param imageId {@link #UNNUMBERED} where there is none
   * @param fileName of the picture, where the file tells; then it says which picture it is
   */
  record Entry<T>(T what, long imageId, long categoryId, @Nullable String fileName) {}

  /** Reads what an entry holds. */
  @FunctionalInterface
  interface Reader<T> {
    Entry<T> read(PersonFields fields, JsonCursor json, int index) throws IOException;
  }

  /** Makes it one of a picture and category of the annotations. */
  @FunctionalInterface
  interface Joined<T> {
    T of(T what, long imageId, long categoryId);
  }

  private final String name;
  private final String plural;
  private final Reader<T> reader;
  private final Joined<T> joined;

  /**
   * Entries of a kind.
   *
   * @param name for people, for example {@code result}
   */
  CocoEntries(String name, Reader<T> reader, Joined<T> joined) {
    this.name = name;
    this.plural = name + "s";
    this.reader = reader;
    this.joined = joined;
  }

  /**
   * Those that are of annotated pictures and categories, in their order.
   *
   * @param path of which the files are, for people
   */
  List<T> read(
      Path path,
      List<Path> files,
      Annotations annotations,
      Remarks remarks,
      Consumer<String> listener)
      throws IOException {
    List<Entry<T>> found = new ArrayList<>();
    for (Path file : files) {
      read(file, found);
    }
    SortedSet<Long> ids = new TreeSet<>();
    found.forEach(entry -> ids.add(entry.categoryId()));
    ids.remove(Prediction.UNTOLD);
    Optional<Long> untold = annotations.onlyCategory().or(() -> Optional.of(Prediction.UNTOLD));
    CategoryJoin categories =
        CategoryJoin.of(path.toString(), plural, annotations.categories(), ids, listener);
    PictureJoin pictures = new PictureJoin(path.toString(), annotations, remarks);
    List<T> kept = new ArrayList<>();
    for (Entry<T> entry : found) {
      Optional<AnnotatedImage> image =
          entry.fileName() == null
              ? pictures.byId(entry.imageId())
              : pictures.byName(entry.fileName());
      Optional<Long> category =
          entry.categoryId() == Prediction.UNTOLD
              ? untold
              : categories.annotated(entry.categoryId());
      if (category.isEmpty()) {
        remarks.count(
            name + " of a category that is not annotated",
            plural + " of categories that are not annotated",
            "left out",
            "of category " + entry.categoryId());
      } else if (image.isPresent()) {
        kept.add(joined.of(entry.what(), image.get().id(), category.get()));
      }
    }
    pictures.requireAny();
    return kept;
  }

  private void read(Path file, List<Entry<T>> into) throws IOException {
    try (JsonCursor json = new JsonCursor(file)) {
      json.array(
          plural,
          () -> {
            PersonFields fields = new PersonFields();
            json.object("a " + name, field -> fields.read(field, json));
            into.add(reader.read(fields, json, into.size()));
          });
      json.end();
    }
  }
}
