package io.github.rtmjava.eval;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which of the categories of a file of results are those of the annotations. Files number people
 * differently: COCO from 1, others from 0.
 *
 * @param annotated ids of the annotations' categories
 * @param only the id by which the file means the annotations' only category; empty where both
 *     number alike
 */
record CategoryJoin(SortedSet<Long> annotated, Optional<Long> only) {

  /**
   * Compares ids.
   *
   * @param what is in the file, for example {@code results}
   * @throws IOException if results and annotations have no category in common
   */
  static CategoryJoin of(
      String file,
      String what,
      SortedSet<Long> annotated,
      SortedSet<Long> found,
      Consumer<String> remarks)
      throws IOException {
    SortedSet<Long> shared = new TreeSet<>(found);
    shared.retainAll(annotated);
    if (!shared.isEmpty() || found.isEmpty() || annotated.isEmpty()) {
      return new CategoryJoin(annotated, Optional.empty());
    }
    long meant = found.contains(Prediction.PERSON) ? Prediction.PERSON : found.first();
    if (annotated.size() > 1 || (found.size() > 1 && meant != Prediction.PERSON)) {
      throw new IOException(
          "%s: no category of the %s is annotated: theirs are %s, the annotations' %s"
              .formatted(file, what, list(found), list(annotated)));
    }
    remarks.accept(
        "%s: no category of the %s is annotated: their category %s is taken to be the annotations' %s"
            .formatted(file, what, meant, annotated.first()));
    return new CategoryJoin(annotated, Optional.of(meant));
  }

  private static String list(SortedSet<Long> ids) {
    String first = ids.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
    return ids.size() > 10 ? first + " …" : first;
  }

  /** The annotations' id of a category of the file; empty if others are annotated and it is not. */
  Optional<Long> annotated(long id) {
    if (only.isPresent()) {
      return only.get() == id ? Optional.of(annotated.first()) : Optional.empty();
    }
    return annotated.isEmpty() || annotated.contains(id) ? Optional.of(id) : Optional.empty();
  }
}
