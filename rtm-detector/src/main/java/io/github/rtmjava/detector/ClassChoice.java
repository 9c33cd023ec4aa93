package io.github.rtmjava.detector;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which of a detector's classes are looked for. */
final class ClassChoice {
  private static final String PERSON = "person";

  private ClassChoice() {}

  /**
   * Indices of the chosen classes.
   *
   * @param classes the detector's own
   * @param chosen names in any case, or numbers from 0 on; none for people, or for the only class
   * @throws IllegalArgumentException if there is no such class, or none was chosen of several
   *     without people
   */
  static Set<Integer> of(List<String> classes, List<String> chosen) {
    Set<Integer> indices = new LinkedHashSet<>();
    for (String name : chosen) {
      indices.add(index(classes, name.strip()));
    }
    if (!indices.isEmpty()) {
      return indices;
    }
    int person = named(classes, PERSON);
    if (person >= 0) {
      return Set.of(person);
    }
    if (classes.size() == 1) {
      return Set.of(0);
    }
    throw new IllegalArgumentException(
        "expected a detector of people, found one of %s; choose with --classes, or classes(…) in Java"
            .formatted(list(classes)));
  }

  private static int index(List<String> classes, String name) {
    int index = named(classes, name);
    if (index >= 0) {
      return index;
    }
    if (name.matches("[0-9]{1,6}") && Integer.parseInt(name) < classes.size()) {
      return Integer.parseInt(name);
    }
    throw new IllegalArgumentException(
        "expected one of the detector's classes, %s, or its number, found '%s'"
            .formatted(list(classes), name));
  }

  private static int named(List<String> classes, String name) {
    return IntStream.range(0, classes.size())
        .filter(i -> fold(classes.get(i)).equals(fold(name)))
        .findFirst()
        .orElse(-1);
  }

  private static String fold(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static String list(List<String> classes) {
    return IntStream.range(0, Math.min(classes.size(), 100))
            .mapToObj(i -> i + " " + classes.get(i))
            .collect(Collectors.joining(", "))
        + (classes.size() > 100 ? ", …" : "");
  }
}
