package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which keypoint set a file holds. */
final class KeypointSets {
  /** More than any data set has. */
  static final int MOST = 1000;

  /** For leaving out doubles where a set has no sigmas. */
  private static final float USUAL = 0.05f;

  private static final Map<Integer, String> BY_SIZE =
      Map.of(
          14,
          "crowdpose",
          17,
          "coco",
          21,
          "coco_wholebody_hand",
          26,
          "halpe26",
          106,
          "lapa",
          KeypointRange.WHOLE_BODY,
          "coco_wholebody");

  private KeypointSets() {}

  /**
   * The set of that name, or the one that is known for the number of keypoints. Of a name that is
   * not known here a model may bring the set along.
   *
   * @throws IOException if the set of that name has another number of keypoints
   */
  static KeypointSet of(String file, @Nullable String name, int size) throws IOException {
    if (name == null) {
      return bySize(size);
    }
    KeypointSet set = KeypointSet.of(name, size);
    if (!hasSigmas(set) && KeypointSet.isKnown(name)) {
      throw new IOException(
          "%s: expected keypoints of the set '%s', found %s of them, which is not its number"
              .formatted(file, name, size));
    }
    return set;
  }

  /** The set that is known for the number of keypoints; an anonymous one for other numbers. */
  static KeypointSet bySize(int size) {
    return KeypointSet.of(BY_SIZE.getOrDefault(size, "keypoints"), size);
  }

  /** Whether the spread of every keypoint is known. */
  static boolean hasSigmas(KeypointSet set) {
    return set.knowsSigmas();
  }

  /** [K]: the sigmas as written in decimal, not as the nearest float. */
  static double[] sigmas(KeypointSet set) {
    return set.points().stream()
        .mapToDouble(point -> point.sigma() > 0 ? point.sigma() : USUAL)
        .map(sigma -> Double.parseDouble(Float.toString((float) sigma)))
        .toArray();
  }
}
