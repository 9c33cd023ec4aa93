package io.github.rtmjava.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
    return suppress(detections, Box::iou, iouThreshold, limit);
  }

  /**
   * The same with boxes whose right and lower borders are pixels that belong to them: the second
   * suppression of mmpose's inferencer and demos ({@code nms} in {@code evaluation/functional}).
   *
   * @param detections candidates in any order
   * @param iouThreshold 0 to 1; an IoU equal to it is kept
   */
  public static List<Detection> suppressInclusive(List<Detection> detections, float iouThreshold) {
    return suppress(detections, Box::iouInclusive, iouThreshold, Integer.MAX_VALUE);
  }

  private static List<Detection> suppress(
      List<Detection> detections, Overlap overlap, float iouThreshold, int limit) {
    List<Detection> sorted = new ArrayList<>(detections);
    sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
    List<Detection> kept = new ArrayList<>();
    for (Detection candidate : sorted) {
      if (kept.size() == limit) {
        break;
      }
      if (kept.stream()
          .noneMatch(
              k ->
                  k.label() == candidate.label()
                      && overlap.of(k.box(), candidate.box()) > iouThreshold)) {
        kept.add(candidate);
      }
    }
    return List.copyOf(kept);
  }

  private interface Overlap {
    float of(Box a, Box b);
  }
}
