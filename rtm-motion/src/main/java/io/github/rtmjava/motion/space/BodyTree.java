package io.github.rtmjava.motion.space;

import io.github.rtmjava.pose.KeypointSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A skeleton as a tree from the pelvis outward. Its nodes are the keypoints and, behind them, the
 * middle of the hips and that of the shoulders.
 *
 * @param nodes how many: two more than keypoints
 * @param bones a parent before its children
 * @param carried keypoints that follow another node rigidly: the face the nose, the neck the
 *     shoulders
 */
record BodyTree(int nodes, int[] hips, int[] shoulders, List<Bone> bones, int[][] carried) {
  private static final String[] FINGERS = {
    "thumb", "forefinger", "middle_finger", "ring_finger", "pinky_finger"
  };

  /**
   * A bone.
   *
   * @param from node
   * @param to node
   * @param length index of its length; right and left share one
   */
  record Bone(int from, int to, int length) {}

  int pelvis() {
    return nodes - 2;
  }

  int chest() {
    return nodes - 1;
  }

  int lengths() {
    return bones.stream().mapToInt(Bone::length).max().orElse(-1) + 1;
  }

  /** The tree of a set; empty where it lacks hips or shoulders. */
  static Optional<BodyTree> of(KeypointSet set) {
    int[] hips = {set.indexOf("left_hip"), set.indexOf("right_hip")};
    int[] shoulders = {set.indexOf("left_shoulder"), set.indexOf("right_shoulder")};
    if (Math.min(hips[0], hips[1]) < 0 || Math.min(shoulders[0], shoulders[1]) < 0) {
      return Optional.empty();
    }
    Builder builder = new Builder(set);
    builder.bone("pelvis", "chest");
    builder.pair("pelvis", "hip");
    builder.pair("hip", "knee");
    builder.pair("knee", "ankle");
    builder.pair("ankle", "heel");
    builder.pair("ankle", "big_toe");
    builder.pair("ankle", "small_toe");
    builder.pair("chest", "shoulder");
    builder.pair("shoulder", "elbow");
    builder.pair("elbow", "wrist");
    builder.bone("chest", "nose");
    builder.bone("chest", "head");
    builder.bone("chest", "top_head");
    builder.pair("nose", "eye");
    builder.pair("nose", "ear");
    builder.pair("wrist", "hand_root");
    for (String finger : FINGERS) {
      builder.pair("hand_root", finger + 1);
      for (int joint = 1; joint < 4; joint++) {
        builder.pair(finger + joint, finger + (joint + 1));
      }
    }
    builder.carry("pelvis", "hip");
    builder.carry("chest", "neck");
    for (int i = 0; i < set.size(); i++) {
      if (set.points().get(i).name().startsWith("face-")) {
        builder.carry("nose", set.points().get(i).name());
      }
    }
    return Optional.of(
        new BodyTree(
            set.size() + 2,
            hips,
            shoulders,
            List.copyOf(builder.bones),
            builder.carried.toArray(int[][]::new)));
  }

  /** Leaves out what a set has no keypoints for. */
  private static final class Builder {
    private final Map<String, Integer> nodes = new HashMap<>();
    private final List<Bone> bones = new ArrayList<>();
    private final List<int[]> carried = new ArrayList<>();
    private int lengths;

    Builder(KeypointSet set) {
      for (int i = 0; i < set.size(); i++) {
        nodes.put(set.points().get(i).name(), i);
      }
      nodes.put("pelvis", set.size());
      nodes.put("chest", set.size() + 1);
    }

    void bone(String from, String to) {
      if (nodes.containsKey(from) && nodes.containsKey(to)) {
        bones.add(new Bone(node(from), node(to), lengths++));
      }
    }

    void pair(String from, String to) {
      boolean added = false;
      for (String side : new String[] {"left_", "right_"}) {
        String start = nodes.containsKey(side + from) ? side + from : from;
        if (nodes.containsKey(start) && nodes.containsKey(side + to)) {
          bones.add(new Bone(node(start), node(side + to), lengths));
          added = true;
        }
      }
      lengths += added ? 1 : 0;
    }

    void carry(String with, String point) {
      if (nodes.containsKey(with) && nodes.containsKey(point)) {
        carried.add(new int[] {node(with), node(point)});
      }
    }

    private int node(String name) {
      return nodes.getOrDefault(name, -1);
    }
  }
}
