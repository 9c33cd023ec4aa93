package io.github.rtmjava.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/** Greedy non-maximum suppression. */
public final class Nms {
  private Nms() {}

  /**
   * Keeps boxes in descending order of score, dropping each that overlaps a kept one of the same
   * label by an IoU above the threshold. Equal scores keep their order.
   *
   * @param detections candidates in any order
   * @param iouThreshold 0 to 1; an IoU equal to it is kept
   * @param limit at most so many are kept
   */
  public static List<Detection> suppress(
      List<Detection> detections, float iouThreshold, int limit) {
    List<Detection> sorted = new ArrayList<>(detections);
    sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
    return suppress(
        sorted,
        (kept, other) ->
            kept.label() == other.label() && kept.box().iou(other.box()) > iouThreshold,
        limit);
  }

  /**
   * Keeps candidates in their order, dropping each that a kept one overlaps.
   *
   * @param candidates best first
   * @param overlaps whether a kept one (given first) overlaps a later one too much
   * @param limit at most so many are kept
   */
  public static <T> List<T> suppress(
      List<T> candidates, BiPredicate<? super T, ? super T> overlaps, int limit) {
    List<T> kept = new ArrayList<>();
    for (T candidate : candidates) {
      if (kept.size() == limit) {
        break;
      }
      if (kept.stream().noneMatch(k -> overlaps.test(k, candidate))) {
        kept.add(candidate);
      }
    }
    return List.copyOf(kept);
  }
}
