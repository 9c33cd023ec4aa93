package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  static Annotations annotations(Path path, KeypointChoice choice, Remarks remarks)
      throws IOException {
    NamedKeypoints named = NamedKeypoints.unnamed(0);
    List<AnnotatedImage> images = new ArrayList<>();
    List<Annotation> people = new ArrayList<>();
    for (PictureFields picture : read(files(path))) {
      if (!picture.people().isEmpty()) {
        named = picture.keypoints();
      }
      long image = images.size() + 1L;
      images.add(picture.image(image));
      for (PictureFields.Person person : picture.people()) {
        people.add(person.annotation(people.size() + 1L, image));
        if (person.lacksPlaces()) {
          remarks.count(
              "person with a keypoint that is NaN",
              "people with keypoints that are NaN",
              "these keypoints count as not annotated",
              "in " + picture.name());
        }
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
    NamedKeypoints judged =
        KeypointSets.judged(choice, named.size() == size ? named : NamedKeypoints.unnamed(size));
    return Annotations.checked(
        path.toString(),
        images,
        people.stream().map(person -> person.first(judged.size())).toList(),
        KeypointSets.of(path.toString(), choice, judged));
  }

  static List<Prediction> predictions(
      Path path, List<Path> files, Annotations annotations, ScoringRules rules, Remarks remarks)
      throws IOException {
    PictureJoin pictures = new PictureJoin(path.toString(), annotations, remarks);
    List<Prediction> all = new ArrayList<>();
    for (PictureFields picture : read(files)) {
      Optional<AnnotatedImage> image = pictures.byName(picture.name());
      if (image.isPresent()) {
        requireBody(path.toString(), picture, annotations);
        List<Prediction> people = new ArrayList<>();
        for (PictureFields.Person person : picture.people()) {
          people.add(person.prediction(path.toString(), picture.name(), image.get().id(), rules));
        }
        all.addAll(suppress(people, annotations.keypointSet(), rules));
      }
    }
    pictures.requireAny();
    return all;
  }

  /** Refuses larger sets, of which the first keypoints are to be judged, that begin otherwise. */
  private static void requireBody(String file, PictureFields picture, Annotations annotations)
      throws IOException {
    if (picture.people().isEmpty()) {
      return;
    }
    NamedKeypoints found = picture.keypoints();
    if (annotations.keypointSet().size() == KeypointRange.COCO_BODY
        && found.size() > KeypointRange.COCO_BODY
        && !KeypointSets.beginsWithBody(found.size(), found.names())) {
      throw new IOException(
          "%s: expected keypoints that begin with the body, as the annotations have it, found %s others of everybody in %s"
              .formatted(file, found.size(), picture.name()));
    }
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

  private static List<PictureFields> read(List<Path> files) throws IOException {
    List<PictureFields> pictures = new ArrayList<>();
    for (Path file : files) {
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

  /** A file, or those of a folder. */
  static List<Path> files(Path path) throws IOException {
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
