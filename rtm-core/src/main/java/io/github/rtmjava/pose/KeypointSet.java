package io.github.rtmjava.pose;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The keypoints that a dataset annotates.
 *
 * @param name of the dataset, for example {@code coco_wholebody}
 * @param points in the order of a model's outputs
 * @param links pairs of keypoints to be joined by a line in drawings
 */
public record KeypointSet(String name, List<Point> points, List<Link> links) {

  /**
   * One keypoint.
   *
   * @param name for example {@code left_wrist}
   * @param flipped index of the keypoint that it becomes in a mirrored picture
   * @param sigma its spread in COCO's object keypoint similarity (OKS)
   * @param rgb colour in drawings, 0xRRGGBB
   */
  public record Point(String name, int flipped, float sigma, int rgb) {}

  /**
   * One line of the skeleton.
   *
   * @param from index of a keypoint
   * @param to index of a keypoint
   * @param rgb colour in drawings, 0xRRGGBB
   */
  public record Link(int from, int to, int rgb) {}

  public KeypointSet {
    points = List.copyOf(points);
    links = List.copyOf(links);
    for (Link link : links) {
      if (link.from < 0 || link.from >= points.size() || link.to < 0 || link.to >= points.size()) {
        throw new IllegalArgumentException(
            "%s: link %s-%s among %s keypoints".formatted(name, link.from, link.to, points.size()));
      }
    }
  }

  /** Number of keypoints. */
  public int size() {
    return points.size();
  }

  /** The index of a keypoint by name; -1 if there is none. */
  public int indexOf(String point) {
    return IntStream.range(0, points.size())
        .filter(i -> points.get(i).name().equals(point))
        .findFirst()
        .orElse(-1);
  }

  /**
   * The metadata of a dataset with as many keypoints; where the name is unknown, or the number is
   * another, keypoints named {@code keypoint_0} and so on without links.
   */
  public static KeypointSet of(String name, int size) {
    return KeypointSetFile.find(name)
        .filter(set -> set.size() == size)
        .orElseGet(() -> anonymous(name, size));
  }

  private static KeypointSet anonymous(String name, int size) {
    return new KeypointSet(
        name,
        IntStream.range(0, size)
            .mapToObj(i -> new Point("keypoint_" + i, i, 0.05f, 0x3399ff))
            .toList(),
        List.of());
  }
}
