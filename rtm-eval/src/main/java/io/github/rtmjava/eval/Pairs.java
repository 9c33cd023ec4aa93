package io.github.rtmjava.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Annotated people, each with the prediction that is taken to be of them: the one that was made
 * from their box, otherwise by boxes that overlap most.
 */
final class Pairs {
  /** The least intersection over union by which a prediction is taken to be of a person. */
  private static final double LEAST_OVERLAP = 0.3;

  private Pairs() {}

  /**
   * One person.
   *
   * @param guess null where nobody was predicted there
   */
  record Pair(Annotation truth, @Nullable Prediction guess) {}

  /** Everybody who can be judged, in the order of the annotations. */
  static List<Pair> of(Annotations annotations, List<Prediction> predictions) {
    Map<Long, List<Prediction>> byImage =
        predictions.stream().collect(Collectors.groupingBy(Prediction::imageId));
    Map<Long, List<Annotation>> people =
        annotations.people().stream()
            .filter(person -> person.isPerson() || person.keypoints3d().length > 0)
            .collect(Collectors.groupingBy(Annotation::imageId));
    Map<Long, Prediction> found = new HashMap<>();
    people.forEach((image, truths) -> match(truths, byImage.getOrDefault(image, List.of()), found));
    return annotations.people().stream()
        .filter(person -> person.isPerson() || person.keypoints3d().length > 0)
        .map(person -> new Pair(person, found.get(person.id())))
        .toList();
  }

  private record Candidate(long truth, Prediction guess, double overlap) {}

  private static void match(
      List<Annotation> truths, List<Prediction> guesses, Map<Long, Prediction> found) {
    List<Candidate> candidates = new ArrayList<>();
    for (Prediction guess : guesses) {
      Long made = guess.annotationId();
      if (made != null) {
        found.putIfAbsent(made, guess);
        continue;
      }
      for (Annotation truth : truths) {
        double overlap = truth.box().iou(guess.box());
        if (overlap >= LEAST_OVERLAP) {
          candidates.add(new Candidate(truth.id(), guess, overlap));
        }
      }
    }
    candidates.sort(Comparator.comparingDouble(candidate -> -candidate.overlap));
    Set<Prediction> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Candidate candidate : candidates) {
      if (!found.containsKey(candidate.truth) && used.add(candidate.guess)) {
        found.put(candidate.truth, candidate.guess);
      }
    }
  }
}
