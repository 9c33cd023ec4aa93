package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

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
   * @param remarks gets a line for each kind of thing that is left out or stood in for
   * @throws IOException if a file cannot be read or holds something else, said in one line
   */
  public static Annotations read(Path path, KeypointChoice choice, Consumer<String> remarks)
      throws IOException {
    if (!Files.isDirectory(path) && CocoAnnotations.isCoco(path)) {
      return CocoAnnotations.read(path, choice, remarks);
    }
    Remarks kinds = new Remarks(path.toString());
    Annotations read = PoseFiles.annotations(path, choice, kinds);
    kinds.tell(remarks);
    return read;
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

  /** People by the id of their picture, in the order of the file. */
  public Map<Long, List<Annotation>> byImage() {
    return people.stream().collect(Collectors.groupingBy(Annotation::imageId));
  }

  /** Whether areas are annotated; those of single people may be missing. */
  boolean haveAreas() {
    return people.stream().anyMatch(Annotation::hasArea);
  }

  /** Ids of the categories of the people. */
  public SortedSet<Long> categories() {
    return people.stream()
        .map(Annotation::categoryId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The category of all people; empty where they are of several. */
  Optional<Long> onlyCategory() {
    long first = people.isEmpty() ? Prediction.PERSON : people.get(0).categoryId();
    return people.stream().allMatch(p -> p.categoryId() == first)
        ? Optional.of(first)
        : Optional.empty();
  }

  /** The same people as one category, for predictions that do not tell categories apart. */
  public Annotations asOneCategory() {
    SortedSet<Long> all = categories();
    return all.size() < 2
        ? this
        : new Annotations(
            images, people.stream().map(p -> p.inCategory(all.first())).toList(), keypointSet);
  }

  /** Whether OKS can be computed: whether the sigmas of all keypoints are known. */
  public boolean haveSigmas() {
    return KeypointSets.hasSigmas(keypointSet);
  }

  /**
   * The same, judged by the sigmas of another set where none are known and the other's are: one of
   * as many keypoints that have names of their own.
   */
  public Annotations orSigmasOf(KeypointSet other) {
    boolean helps =
        !haveSigmas()
            && other.size() == keypointSet.size()
            && KeypointSets.isNamed(other)
            && KeypointSets.hasSigmas(other);
    if (!helps) {
      return this;
    }
    List<Double> sigmas = DoubleStream.of(KeypointSets.sigmas(other)).boxed().toList();
    return new Annotations(images, people, KeypointSets.withSigmas(keypointSet, sigmas));
  }

  /**
   * Whether another set's keypoints have other names, as far as both have names; of a larger set
   * the first ones, which are those that are compared.
   */
  public boolean namesDifferFrom(KeypointSet other) {
    int size = keypointSet.size();
    boolean compared =
        size == other.size() || (size == KeypointRange.COCO_BODY && size < other.size());
    return compared
        && KeypointSets.isNamed(keypointSet)
        && KeypointSets.isNamed(other)
        && !KeypointSets.agrees(
            other.points().stream().limit(size).map(KeypointSet.Point::name).toList(), keypointSet);
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
