package io.github.rtmjava.pose;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The keypoints that a dataset annotates.
 *
 * @param name of the dataset, for example {@code coco_wholebody}
 * @param points in the order of a model's outputs
 * @param links pairs of keypoints to be joined by a line in drawings
 */
public record KeypointSet(String name, List<Point> points, List<Link> links)
    implements Serializable {

  /**
   * One keypoint.
   *
   * @param name for example {@code left_wrist}
   * @param flipped index of the keypoint that it becomes in a mirrored picture; {@link #UNKNOWN}
   *     where nobody says
   * @param sigma its spread in COCO's object keypoint similarity (OKS); 0 where nobody says
   * @param rgb colour in drawings, 0xRRGGBB
   */
  public record Point(String name, int flipped, float sigma, int rgb) implements Serializable {
    /** In place of an index. */
    public static final int UNKNOWN = -1;

    /** A keypoint of which only the name is known. */
    public static Point named(String name) {
      return new Point(name, UNKNOWN, 0, Link.PLAIN);
    }
  }

  /**
   * One line of the skeleton.
   *
   * @param from index of a keypoint
   * @param to index of a keypoint
   * @param rgb colour in drawings, 0xRRGGBB
   */
  public record Link(int from, int to, int rgb) implements Serializable {
    /** The colour of what has none of its own. */
    public static final int PLAIN = 0x3399ff;
  }

  public KeypointSet {
    points = List.copyOf(points);
    links = List.copyOf(links);
    for (Link link : links) {
      if (link.from < 0 || link.from >= points.size() || link.to < 0 || link.to >= points.size()) {
        throw new IllegalArgumentException(
            "%s: expected links between the keypoints 0 to %s, found the link %s-%s"
                .formatted(name, points.size() - 1, link.from, link.to));
      }
    }
    requireMirror(name, points);
  }

  /** In the mirror of a mirror everything is where it was. */
  private static void requireMirror(String name, List<Point> points) {
    for (int i = 0; i < points.size(); i++) {
      int there = points.get(i).flipped;
      boolean known = there >= 0 && there < points.size();
      if (there != Point.UNKNOWN && (!known || points.get(there).flipped != i)) {
        throw new IllegalArgumentException(
            "%s: expected pairs that change places in the mirror, found keypoint %s (%s) to become %s%s"
                .formatted(
                    name,
                    i,
                    points.get(i).name,
                    there,
                    known
                        ? " (%s), which becomes %s"
                            .formatted(points.get(there).name, points.get(there).flipped)
                        : ", which is none of the %s".formatted(points.size())));
      }
    }
  }

  /** Whether it is known what each keypoint becomes in the mirror. */
  public boolean knowsMirror() {
    return points.stream().noneMatch(point -> point.flipped == Point.UNKNOWN);
  }

  /** Whether the spread of each keypoint is known, without which there is no OKS. */
  public boolean knowsSigmas() {
    return points.stream().allMatch(point -> point.sigma > 0);
  }

  /** The names of the keypoints in their order. */
  public List<String> names() {
    return points.stream().map(Point::name).toList();
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
   * another, keypoints named {@code keypoint_0} and so on of which nothing else is known.
   */
  public static KeypointSet of(String name, int size) {
    return known(name, size).orElseGet(() -> anonymous(name, size));
  }

  /** The metadata of a dataset that this library knows, if it has as many keypoints. */
  public static Optional<KeypointSet> known(String name, int size) {
    return KeypointSetFile.find(name).filter(set -> set.size() == size);
  }

  /** Whether this library knows a dataset of that name. */
  public static boolean isKnown(String name) {
    return KeypointSetFile.find(name).isPresent();
  }

  /** Keypoints without names. */
  public static KeypointSet anonymous(String name, int size) {
    return new KeypointSet(
        name,
        IntStream.range(0, size).mapToObj(i -> Point.named("keypoint_" + i)).toList(),
        List.of());
  }
}
