package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ground truth: pictures and the people in them.
 *
 * @param images in the order of their file
 * @param people in the order of their file
 * @param keypointSet names and sigmas of everybody's keypoints
 */
public record Annotations(
    List<AnnotatedImage> images, List<Annotation> people, KeypointSet keypointSet) {

  public Annotations {
    images = List.copyOf(images);
    people = List.copyOf(people);
  }

  /**
   * Reads a file of COCO's form ({@code images}, {@code annotations}; with the fields of
   * COCO-WholeBody where it has them), or a file or a folder of files of this project's form, one
   * object per picture or an array of them; see {@code docs/evaluation.md}.
   *
   * @param keypoints name of the keypoint set; null to tell it from the number of keypoints. {@code
   *     coco} reads the body only of whole-body annotations.
   * @throws IOException if a file cannot be read or holds something else, said in one line
   */
  public static Annotations read(Path path, @Nullable String keypoints) throws IOException {
    if (!Files.isDirectory(path) && CocoAnnotations.isCoco(path)) {
      return CocoAnnotations.read(path, keypoints);
    }
    return PoseFiles.annotations(path, keypoints);
  }

  /** The first so many pictures and their people. */
  public Annotations first(int count) {
    if (count >= images.size()) {
      return this;
    }
    List<AnnotatedImage> some = images.subList(0, count);
    Set<Long> ids = some.stream().map(AnnotatedImage::id).collect(Collectors.toSet());
    return new Annotations(
        some, people.stream().filter(p -> ids.contains(p.imageId())).toList(), keypointSet);
  }

  /**
   * The same, of the keypoints that a model says it finds, where there are as many and nobody named
   * others.
   *
   * @param named the set that was asked for; null for none
   */
  public Annotations of(KeypointSet found, @Nullable String named) {
    boolean same = named == null || named.equals(found.name());
    return same && found.size() == keypointSet.size()
        ? new Annotations(images, people, found)
        : this;
  }

  /** People by the id of their picture, in the order of the file. */
  public Map<Long, List<Annotation>> byImage() {
    return people.stream().collect(Collectors.groupingBy(Annotation::imageId));
  }

  /** Whether areas are annotated, of everybody. */
  boolean haveAreas() {
    return !people.isEmpty() && people.stream().allMatch(p -> p.area() != null);
  }

  /** Whether anybody has 3D keypoints. */
  public boolean have3d() {
    return people.stream().anyMatch(p -> p.keypoints3d().length > 0);
  }

  Map<Long, AnnotatedImage> imagesById() {
    return images.stream().collect(Collectors.toMap(AnnotatedImage::id, Function.identity()));
  }

  /** Refuses what would make figures worthless. */
  static Annotations checked(
      String file, List<AnnotatedImage> images, List<Annotation> people, KeypointSet set)
      throws IOException {
    Set<Long> imageIds = new HashSet<>();
    for (AnnotatedImage image : images) {
      if (!imageIds.add(image.id())) {
        throw new IOException(
            "%s: expected every picture once, found two of id %s".formatted(file, image.id()));
      }
    }
    Set<Long> ids = new HashSet<>();
    for (Annotation person : people) {
      if (!ids.add(person.id())) {
        throw new IOException(
            "%s: expected every annotation once, found two of id %s".formatted(file, person.id()));
      }
      if (!imageIds.contains(person.imageId())) {
        throw new IOException(
            "%s: annotation %s is of picture %s, which is not among the pictures"
                .formatted(file, person.id(), person.imageId()));
      }
    }
    if (people.isEmpty()) {
      throw new IOException(file + ": expected annotated people, found none");
    }
    return new Annotations(images, people, set);
  }
}
