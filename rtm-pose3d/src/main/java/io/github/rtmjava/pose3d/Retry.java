package io.github.rtmjava.pose3d;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Second attempts at what failed. */
final class Retry {
  private Retry() {}

  /**
   * Works on a group; if that fails, on each of it by itself: one of them may be at fault, and the
   * others are not to suffer for it.
   *
   * @param work gives a result for each of a group that has at least one
   * @param failed the result for one that fails by itself
   */
  static <T, R> List<R> oneByOne(
      List<T> group, Function<List<T>, List<R>> work, BiFunction<T, Throwable, R> failed) {
    if (group.isEmpty()) {
      return List.of();
    }
    try {
      return work.apply(group);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (group.size() == 1) {
        return List.of(failed.apply(group.get(0), e));
      }
      List<R> results = new ArrayList<>();
      group.forEach(item -> results.addAll(oneByOne(List.of(item), work, failed)));
      return results;
    }
  }
}
