package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.KeypointSet.Link;
import io.github.rtmjava.pose.KeypointSet.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link KeypointSet} as JSON.
 *
 * @param links each as {@code [from, to, rgb]}
 */
record KeypointSetJson(String name, List<Point> points, List<List<Integer>> links) {
  private static final int MOST = 10_000;

  static KeypointSetJson of(KeypointSet set) {
    return new KeypointSetJson(
        set.name(),
        set.points(),
        set.links().stream().map(link -> List.of(link.from(), link.to(), link.rgb())).toList());
  }

  /**
   * @param file in which it was, for messages
   * @throws IllegalArgumentException if it contradicts itself
   */
  KeypointSet toSet(String file) throws CheckpointException {
    if (points.isEmpty() || points.size() > MOST || links.size() > MOST) {
      throw new CheckpointException(
          "expected 1 to %s keypoints and at most as many links in %s, found %s and %s"
              .formatted(MOST, file, points.size(), links.size()));
    }
    List<Link> joined = new ArrayList<>();
    for (List<Integer> link : links) {
      if (link.size() != 3) {
        throw new CheckpointException(
            "expected links as [from, to, rgb] in %s; convert the model again".formatted(file));
      }
      joined.add(new Link(link.get(0), link.get(1), link.get(2)));
    }
    return new KeypointSet(name, points, joined);
  }
}
