package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads this project's own form, as annotations and as results: one object per picture with {@code
 * image} and {@code persons} (or {@code people}).
 */
final class PoseFiles {
  private static final Set<String> FIELDS = Set.of("image", "persons", "people");

  private PoseFiles() {}

  static boolean isField(String name) {
    return FIELDS.contains(name);
  }

  static Annotations annotations(Path path, @Nullable String keypoints) throws IOException {
    List<AnnotatedImage> images = new ArrayList<>();
    List<Annotation> people = new ArrayList<>();
    for (PictureFields picture : read(path)) {
      long image = images.size() + 1L;
      images.add(picture.image(image));
      for (PictureFields.Person person : picture.people()) {
        people.add(person.annotation(people.size() + 1L, image));
      }
    }
    int size = people.isEmpty() ? 1 : people.get(0).size();
    for (Annotation person : people) {
      if (person.size() != size) {
        throw new IOException(
            "%s: expected %s keypoints of everybody, found %s"
                .formatted(path, size, person.size()));
      }
    }
    return Annotations.checked(
        path.toString(), images, people, KeypointSets.of(path.toString(), keypoints, size));
  }

  static List<Prediction> predictions(Path path, Annotations annotations, ScoringRules rules)
      throws IOException {
    Map<String, List<AnnotatedImage>> byName =
        annotations.images().stream().collect(Collectors.groupingBy(AnnotatedImage::baseName));
    List<Prediction> all = new ArrayList<>();
    for (PictureFields picture : read(path)) {
      AnnotatedImage image = find(path, picture.name(), byName);
      List<Prediction> people = new ArrayList<>();
      for (PictureFields.Person person : picture.people()) {
        people.add(person.prediction(image.id(), rules));
      }
      all.addAll(suppress(people, annotations.keypointSet(), rules));
    }
    return all;
  }

  /** Those who stay under the rules. */
  static List<Prediction> suppress(
      List<Prediction> people, KeypointSet annotated, ScoringRules rules) {
    if (!rules.nms() || people.isEmpty()) {
      return people;
    }
    int size = people.get(0).size();
    KeypointSet set = size == annotated.size() ? annotated : KeypointSets.bySize(size);
    return OksNms.keep(people, KeypointSets.sigmas(set), rules);
  }

  private static AnnotatedImage find(
      Path path, String name, Map<String, List<AnnotatedImage>> byName) throws IOException {
    List<AnnotatedImage> found = byName.getOrDefault(AnnotatedImage.baseName(name), List.of());
    if (found.isEmpty()) {
      throw new IOException(
          "%s: the picture '%s' is not among those of the annotations".formatted(path, name));
    }
    if (found.size() > 1) {
      List<AnnotatedImage> whole =
          found.stream()
              .filter(image -> name.replace('\\', '/').endsWith(image.fileName()))
              .toList();
      if (whole.size() != 1) {
        throw new IOException(
            "%s: expected one picture named '%s' in the annotations, found %s"
                .formatted(path, name, found.size()));
      }
      return whole.get(0);
    }
    return found.get(0);
  }

  private static List<PictureFields> read(Path path) throws IOException {
    List<PictureFields> pictures = new ArrayList<>();
    for (Path file : files(path)) {
      try (JsonCursor json = new JsonCursor(file)) {
        if (json.isArray()) {
          json.array("pictures", () -> pictures.add(PictureFields.read(json)));
        } else {
          pictures.add(PictureFields.read(json));
        }
        json.end();
      }
    }
    return pictures;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(path, "*.json")) {
      content.forEach(files::add);
    }
    if (files.isEmpty()) {
      throw new IOException(path + ": expected a folder with .json files, found none in it");
    }
    files.sort(null);
    return files;
  }
}
