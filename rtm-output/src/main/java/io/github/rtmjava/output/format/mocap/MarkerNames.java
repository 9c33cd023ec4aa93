package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.pose.KeypointSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names of markers as Pose2Sim's skeletons COCO_133 and HALPE_26 have them, so that its OpenSim
 * models know them; keypoints without one there keep their own.
 */
final class MarkerNames {
  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("nose", "Nose"),
          Map.entry("head", "Head"),
          Map.entry("neck", "Neck"),
          Map.entry("eye", "Eye"),
          Map.entry("ear", "Ear"),
          Map.entry("shoulder", "Shoulder"),
          Map.entry("elbow", "Elbow"),
          Map.entry("wrist", "Wrist"),
          Map.entry("thumb2", "Thumb"),
          Map.entry("forefinger1", "Index"),
          Map.entry("pinky_finger1", "Pinky"),
          Map.entry("hip", "Hip"),
          Map.entry("knee", "Knee"),
          Map.entry("ankle", "Ankle"),
          Map.entry("big_toe", "BigToe"),
          Map.entry("small_toe", "SmallToe"),
          Map.entry("heel", "Heel"));

  private MarkerNames() {}

  /** [K]. */
  static List<String> of(KeypointSet set) {
    return set.points().stream().map(point -> of(point.name())).toList();
  }

  private static String of(String name) {
    for (String side : List.of("left_", "right_")) {
      String part = name.startsWith(side) ? PARTS.get(name.substring(side.length())) : null;
      if (part != null) {
        return side.substring(0, 1).toUpperCase(Locale.ROOT) + part;
      }
    }
    return PARTS.getOrDefault(name, name);
  }
}
