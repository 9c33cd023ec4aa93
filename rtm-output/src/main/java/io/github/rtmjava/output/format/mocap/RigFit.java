package io.github.rtmjava.output.format.mocap;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a rig from frame to frame as a person's keypoints lie. Every bone points exactly where its
 * keypoints do; its turn about itself follows its parent's, by the smallest rotation from there,
 * which is a choice: keypoints do not show it. Only hips and hands, which have a width, are turned
 * as they are. A bone with a missing keypoint keeps its rotation against its parent.
 */
final class RigFit {
  private final List<Bone> bones;
  private final int[] root;
  private final Rotation[] local;
  private double[] position;

  RigFit(Rig rig, double[] start) {
    bones = rig.bones();
    root = rig.root();
    position = start;
    local = new Rotation[bones.size()];
    Arrays.fill(local, Rotation.NONE);
  }

  /** The next frame: keypoints in metres, Y up, NaN where missing. */
  void next(double[][] points) {
    double[] middle = Bone.middle(root, points);
    if (!Double.isNaN(middle[0] + middle[1] + middle[2])) {
      position = middle;
    }
    Rotation[] global = new Rotation[local.length];
    for (int b = 0; b < local.length; b++) {
      Bone bone = bones.get(b);
      Rotation parent = bone.parent() < 0 ? Rotation.NONE : global[bone.parent()];
      Rotation turned = turned(bone, parent, points);
      if (turned != null) {
        local[b] = turned.near(local[b]);
      }
      global[b] = parent.times(local[b]);
    }
  }

  /** A bone's rotation against its parent; null where keypoints are missing. */
  private static @Nullable Rotation turned(Bone bone, Rotation parent, double[][] points) {
    double[] along = parent.inverse().turn(bone.line().in(points));
    if (!(Rotation.length(along) > 0)) {
      return null;
    }
    Bone.Line line = bone.across();
    if (line != null) {
      double[] across = parent.inverse().turn(line.in(points));
      if (Rotation.length(across) > 0) {
        return Rotation.between(bone.line().rest(), line.rest(), along, across);
      }
    }
    return Rotation.between(bone.line().rest(), along);
  }

  /** Where the root is, metres. */
  double[] position() {
    return position;
  }

  /** A bone's rotation against its parent. */
  Rotation local(int bone) {
    return local[bone];
  }
}
