package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who is judged of all that is annotated: those of one kind, with keypoints, in known pictures. */
final class PeopleChoice {
  private final Map<Long, Category> categories = new LinkedHashMap<>();
  private final KeypointChoice choice;
  private final Remarks remarks;

  PeopleChoice(List<Category> categories, KeypointChoice choice, Remarks remarks) {
    categories.forEach(category -> this.categories.put(category.id(), category));
    this.choice = choice;
    this.remarks = remarks;
  }

  /**
   * Those who are judged.
   *
   * @param people in the order of the file, each with as many keypoints
   */
  record Chosen(List<Annotation> people, NamedKeypoints keypoints) {}

  Chosen among(List<Annotation> all, List<AnnotatedImage> images) throws IOException {
    List<Annotation> placed = inPictures(all, images);
    List<Annotation> posed = placed.stream().filter(person -> person.size() > 0).toList();
    Set<Long> judged = categories(posed);
    int size = size(posed.stream().filter(p -> judged.contains(p.categoryId())).toList());
    List<Annotation> people = new ArrayList<>();
    for (Annotation person : placed) {
      String who = "annotation " + person.id();
      if (person.size() == 0 && person.crowd() && judged.contains(person.categoryId())) {
        people.add(person.withoutKeypoints(size));
      } else if (person.size() == 0) {
        remarks.count(
            "annotation without keypoints", "annotations without keypoints", "left out", who);
      } else if (!judged.contains(person.categoryId())) {
        String other = "of the category " + category(person.categoryId());
        remarks.count("annotation " + other, "annotations " + other, "left out", who);
      } else if (person.size() != size) {
        String other = "with %s keypoints where others have %s".formatted(person.size(), size);
        remarks.count("annotation " + other, "annotations " + other, "left out", who);
      } else {
        people.add(person);
      }
    }
    areas(people);
    return new Chosen(people, keypoints(judged, size));
  }

  private List<Annotation> inPictures(List<Annotation> all, List<AnnotatedImage> images)
      throws IOException {
    Set<Long> ids = images.stream().map(AnnotatedImage::id).collect(Collectors.toSet());
    List<Annotation> placed = new ArrayList<>();
    for (Annotation person : all) {
      if (ids.contains(person.imageId())) {
        placed.add(person);
      } else {
        remarks.count(
            "annotation of a picture that is not among the pictures",
            "annotations of pictures that are not among the pictures",
            "left out",
            "annotation %s of picture %s".formatted(person.id(), person.imageId()));
      }
    }
    if (placed.isEmpty() && !all.isEmpty()) {
      throw remarks.problem(
          "no annotation is of a picture of the file: the first is of picture %s, which is not among"
                  .formatted(all.get(0).imageId())
              + " the pictures");
    }
    return placed;
  }

  /** People where there are any; otherwise whatever has keypoints. */
  private Set<Long> categories(List<Annotation> posed) throws IOException {
    Set<Long> found = new TreeSet<>();
    posed.forEach(person -> found.add(person.categoryId()));
    if (found.isEmpty()) {
      throw remarks.problem("expected annotated people with keypoints, found none");
    }
    Set<Long> people = new TreeSet<>(found);
    people.removeIf(id -> !category(id).isPeople());
    return people.isEmpty() ? found : people;
  }

  private Category category(long id) {
    return categories.getOrDefault(id, Category.unnamed(id));
  }

  /** How many keypoints most have; of a set that was named, its number where anybody has it. */
  private int size(List<Annotation> posed) {
    Map<Integer, Long> counts =
        posed.stream().collect(Collectors.groupingBy(Annotation::size, Collectors.counting()));
    int named = KeypointSets.size(choice.name());
    return counts.containsKey(named)
        ? named
        : counts.entrySet().stream()
            .max(
                Map.Entry.<Integer, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse(1);
  }

  private void areas(List<Annotation> people) {
    if (people.stream().noneMatch(Annotation::hasArea)) {
      return;
    }
    for (Annotation person : people) {
      if (!person.hasArea() && person.isPerson()) {
        remarks.count(
            "annotation without an area",
            "annotations without an area",
            "0.53 of the box stands in",
            "annotation " + person.id());
      }
    }
  }

  /** As the categories name them, where they agree. */
  private NamedKeypoints keypoints(Set<Long> judged, int size) {
    List<Category> named =
        judged.stream().map(this::category).filter(c -> c.keypoints().size() == size).toList();
    if (named.stream().map(Category::keypoints).distinct().count() != 1) {
      return NamedKeypoints.unnamed(size);
    }
    Category first = named.get(0);
    String set = judged.size() == 1 ? first.name() : "";
    return new NamedKeypoints(size, set, first.keypoints(), first.sigmas());
  }
}
