package io.github.rtmjava.pose;

import java.util.List;
import java.util.Locale;

/** What keypoints are of, and so what a detector has to look for. */
public enum Subject {
  /** Whole people. */
  PEOPLE,
  /** Single hands. */
  HANDS,
  /** Faces, pairs of hands, animals and everything else. */
  OTHERS;

  private static final List<String> FINGERS =
      List.of("thumb", "index", "forefinger", "middle", "ring", "pink", "little");
  private static final List<String> ANIMALS =
      List.of("paw", "tail", "hoof", "wing", "snout", "beak", "trunk", "leg_");

  /** Most keypoints that one hand has. */
  private static final int HAND = 25;

  /**
   * By the names of a set: people have shoulders and hips and nothing of animals, a hand has little
   * but fingers. Sets without names are those of people, as most are.
   */
  public static Subject of(KeypointSet set) {
    List<String> names =
        set.names().stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_"))
            .toList();
    if (names.stream().allMatch(name -> name.startsWith("keypoint_"))) {
      return PEOPLE;
    }
    long fingers = names.stream().filter(name -> holds(name, FINGERS)).count();
    if (set.size() <= HAND && fingers >= 0.8 * set.size()) {
      return HANDS;
    }
    boolean body =
        names.stream().anyMatch(name -> name.contains("shoulder"))
            && names.stream().anyMatch(name -> name.contains("hip"));
    return body && names.stream().noneMatch(name -> holds(name, ANIMALS)) ? PEOPLE : OTHERS;
  }

  private static boolean holds(String name, List<String> words) {
    return words.stream().anyMatch(name::contains);
  }
}
