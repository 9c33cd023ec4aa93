package io.github.rtmjava.motion.space;

import java.util.List;

/**
 * Brings bones to their lengths with little movement: time and again every bone moves both its ends
 * by half of what it is too long or too short (position based dynamics, Müller et al., 2007).
 */
final class LeastMovement {
  private static final int SWEEPS = 30;

  private final BodyTree tree;
  private final double[] lengths;

  LeastMovement(BodyTree tree, double[] lengths) {
    this.tree = tree;
    this.lengths = lengths;
  }

  /**
   * Moves the nodes of a skeleton; its bones come near to their lengths.
   *
   * @param before [nodes][3], left as it is
   */
  double[][] apply(double[][] before) {
    double[][] nodes = before.clone();
    List<BodyTree.Bone> bones = tree.bones();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (BodyTree.Bone bone : bones) {
        double wanted = lengths[bone.length()];
        double[] vector = Vec.minus(nodes[bone.to()], nodes[bone.from()]);
        double length = Vec.length(vector);
        if (!Double.isNaN(wanted) && length > 0) {
          double half = (length - wanted) / length / 2;
          nodes[bone.from()] = Vec.plus(nodes[bone.from()], half, vector);
          nodes[bone.to()] = Vec.plus(nodes[bone.to()], -half, vector);
        }
      }
      centre(nodes, tree.pelvis(), tree.hips());
      centre(nodes, tree.chest(), tree.shoulders());
    }
    return nodes;
  }

  /** Brings a node and the middle of a pair together. */
  private static void centre(double[][] nodes, int node, int[] pair) {
    double[] middle = Vec.times(0.5, Vec.plus(nodes[pair[0]], 1, nodes[pair[1]]));
    double[] apart = Vec.minus(nodes[node], middle);
    nodes[node] = Vec.plus(nodes[node], -2.0 / 3, apart);
    for (int end : pair) {
      nodes[end] = Vec.plus(nodes[end], 1.0 / 3, apart);
    }
  }
}
