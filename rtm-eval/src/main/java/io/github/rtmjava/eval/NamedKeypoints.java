package io.github.rtmjava.eval;

import java.util.List;

/**
 * What a file says of its keypoints.
 *
 * @param size how many there are
 * @param set name of the set; empty where the file does not tell
 * @param names of each; empty where the file does not tell
 * @param sigmas of each; empty where the file does not tell
 */
record NamedKeypoints(int size, String set, List<String> names, List<Double> sigmas) {
  NamedKeypoints {
    names =
        names.size() == size && names.stream().allMatch(NamedKeypoints::tells) ? names : List.of();
    sigmas = sigmas.size() == size ? sigmas : List.of();
  }

  static NamedKeypoints unnamed(int size) {
    return new NamedKeypoints(size, "", List.of(), List.of());
  }

  /** What is said of the first so many. */
  NamedKeypoints first(int count) {
    return new NamedKeypoints(
        count,
        set,
        names.isEmpty() ? names : names.subList(0, count),
        sigmas.isEmpty() ? sigmas : sigmas.subList(0, count));
  }

  /** Some programs number keypoints where their names belong. */
  private static boolean tells(String name) {
    return !name.matches("(?i)(keypoint|kpt|point|kp|p|joint)?[ _-]?[0-9]+");
  }
}
