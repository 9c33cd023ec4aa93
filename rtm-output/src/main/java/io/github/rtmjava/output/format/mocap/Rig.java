package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.output.format.mocap.Bone.Line;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bones that a set of keypoints allows, parents before children, at rest with the arms to the
 * sides and the palms down. The first is the root, in the middle of the hips. Faces have no bones.
 */
final class Rig {
  private static final double[] UP = {0, 1, 0};
  private static final double[] DOWN = {0, -1, 0};
  private static final double[] FRONT = {0, 0, 1};
  private static final double[] FOOT = {0, -0.35, 0.94};
  private static final List<String> FINGERS =
      List.of("thumb", "forefinger", "middle_finger", "ring_finger", "pinky_finger");
  private static final List<String> FINGER_NAMES =
      List.of("Thumb", "Index", "Middle", "Ring", "Pinky");

  /** How far each finger points to the front at rest, for one metre to the side. */
  private static final double[] SPREAD = {0.9, 0.25, 0, -0.2, -0.4};

  private final KeypointSet set;
  private final List<Bone> bones = new ArrayList<>();

  private Rig(KeypointSet set) {
    this.set = set;
  }

  /** The bones; empty for sets that are no bodies. */
  static Optional<Rig> of(KeypointSet set) {
    Rig rig = new Rig(set);
    int[] hips = rig.pair("hip");
    int[] shoulders = rig.pair("shoulder");
    if (hips.length == 0 || shoulders.length == 0) {
      return Optional.empty();
    }
    double[] left = {1, 0, 0};
    int root =
        rig.add(
            "Hips",
            -1,
            new Line(hips, shoulders, UP),
            new Line(new int[] {hips[1]}, new int[] {hips[0]}, left),
            true);
    for (int side = 0; side < 2; side++) {
      rig.leg(root, side, hips);
    }
    int spine = rig.limb("Spine", root, hips, shoulders, UP);
    rig.head(spine, shoulders);
    for (int side = 0; side < 2; side++) {
      rig.arm(spine, side, shoulders);
    }
    return Optional.of(rig);
  }

  /** Why a recording has no bones; empty if it has. */
  static Optional<String> requirement(String format, Recording recording) {
    return of(recording.keypointSet()).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s holds bones of the body, which the keypoints %s do not give; take a model of bodies"
                .formatted(format, recording.keypointSet().name()));
  }

  /** All bones. */
  List<Bone> bones() {
    return bones;
  }

  /** The keypoints whose middle is where the root is. */
  int[] root() {
    return bones.get(0).line().from();
  }

  private void head(int spine, int[] shoulders) {
    int[] ears = pair("ear");
    int nose = set.indexOf("nose");
    if (ears.length > 0 && nose >= 0) {
      int neck = limb("Neck", spine, shoulders, ears, UP);
      limb("Head", neck, ears, new int[] {nose}, FRONT);
    }
  }

  private void leg(int root, int side, int[] hips) {
    int hip = limb(name(side, "Pelvis"), root, hips, new int[] {hips[side]}, outward(side, 0));
    int thigh = limb(side, "UpLeg", hip, "hip", "knee", DOWN);
    int shank = limb(side, "Leg", thigh, "knee", "ankle", DOWN);
    limb(side, "Foot", shank, "ankle", "big_toe", FOOT);
  }

  private void arm(int spine, int side, int[] shoulders) {
    double[] out = outward(side, 0);
    int collar = limb(name(side, "Shoulder"), spine, shoulders, new int[] {shoulders[side]}, out);
    int upper = limb(side, "Arm", collar, "shoulder", "elbow", out);
    int lower = limb(side, "ForeArm", upper, "elbow", "wrist", out);
    if (set.indexOf(keypoint(side, "hand_root")) >= 0) {
      hand(lower, side);
    }
  }

  private void hand(int forearm, int side) {
    int hand =
        add(
            name(side, "Hand"),
            forearm,
            line(side, "hand_root", "middle_finger1", outward(side, 0)),
            line(side, "pinky_finger1", "forefinger1", FRONT),
            true);
    for (int f = 0; f < FINGERS.size(); f++) {
      String finger = FINGERS.get(f);
      double[] base = outward(side, SPREAD[f]);
      double[] straight = f == 0 ? base : outward(side, 0);
      int bone = limb(side, "InHand" + FINGER_NAMES.get(f), hand, "hand_root", finger + 1, base);
      for (int i = 1; i < 4; i++) {
        String name = "Hand" + FINGER_NAMES.get(f) + i;
        bone = limb(side, name, bone, finger + i, finger + (i + 1), straight);
      }
    }
  }

  /** The same as the parent where the set lacks a keypoint. */
  private int limb(int side, String name, int parent, String from, String to, double[] rest) {
    return set.indexOf(keypoint(side, from)) < 0 || set.indexOf(keypoint(side, to)) < 0
        ? parent
        : add(name(side, name), parent, line(side, from, to, rest), null, false);
  }

  private int limb(String name, int parent, int[] from, int[] to, double[] rest) {
    return add(name, parent, new Line(from, to, rest), null, false);
  }

  private int add(String name, int parent, Line line, @Nullable Line across, boolean joint) {
    bones.add(new Bone(name, parent, line, across, joint));
    return bones.size() - 1;
  }

  private Line line(int side, String from, String to, double[] rest) {
    return new Line(
        new int[] {set.indexOf(keypoint(side, from))},
        new int[] {set.indexOf(keypoint(side, to))},
        rest);
  }

  /** Left and right; empty where the set has them not. */
  private int[] pair(String part) {
    int[] both = IntStream.of(set.indexOf("left_" + part), set.indexOf("right_" + part)).toArray();
    return both[0] < 0 || both[1] < 0 ? new int[0] : both;
  }

  private static double[] outward(int side, double front) {
    return Rotation.unit(new double[] {side == 0 ? 1 : -1, 0, front});
  }

  private static String name(int side, String part) {
    return (side == 0 ? "Left" : "Right") + part;
  }

  private static String keypoint(int side, String part) {
    return name(side, "_").toLowerCase(Locale.ROOT) + part;
  }
}
