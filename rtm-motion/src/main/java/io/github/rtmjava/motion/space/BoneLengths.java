package io.github.rtmjava.motion.space;

import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bones of one person over time: each has one length, its median over the frames that were
 * added, the same right and left; skeletons are corrected to them. Body, head and hands; the face
 * follows the nose as it is. Keeps at most 1000 samples a bone. Not for use by several threads.
 */
public final class BoneLengths {
  private static final int CAPACITY = 1000;
  private static final int FEWEST = 5;

  private final BodyTree tree;
  private final float minScore;
  private final List<Reservoir<Double>> samples = new ArrayList<>();
  private double[] lengths;
  private boolean stale;

  private BoneLengths(BodyTree tree, float minScore) {
    this.tree = tree;
    this.minScore = minScore;
    for (int i = 0; i < tree.lengths(); i++) {
      samples.add(new Reservoir<>(2 * CAPACITY));
    }
    this.lengths = new double[0];
    this.stale = true;
  }

  /**
   * For one person of a set.
   *
   * @param minScore of the keypoints whose bones are measured
   * @return empty for a set without hips or shoulders
   */
  public static Optional<BoneLengths> of(KeypointSet set, float minScore) {
    return BodyTree.of(set).map(tree -> new BoneLengths(tree, minScore));
  }

  /**
   * Measures the bones in a frame, and nothing where there are no 3D keypoints.
   *
   * @param person with 3D keypoints in metres, in any frame but the same for all
   */
  public void add(PersonPose person) {
    if (!person.has3d()) {
      return;
    }
    double[][] nodes = nodes(person.keypoints3d());
    float[] scores = person.scores();
    for (BodyTree.Bone bone : tree.bones()) {
      double length = Vec.length(Vec.minus(nodes[bone.to()], nodes[bone.from()]));
      if (isSeen(bone.from(), scores) && isSeen(bone.to(), scores) && Double.isFinite(length)) {
        samples.get(bone.length()).add(length);
        stale = true;
      }
    }
  }

  private boolean isSeen(int node, float[] scores) {
    if (node == tree.pelvis()) {
      return Landmarks.seen(scores, minScore, tree.hips());
    }
    return node == tree.chest()
        ? Landmarks.seen(scores, minScore, tree.shoulders())
        : scores[node] >= minScore;
  }

  /**
   * The same person with bones as long as over the whole track, the middle of the hips where it
   * was. Keypoints move as little as that takes, first all together and then, to the exact lengths,
   * outward from the pelvis. They move in the picture, too: 2D keypoints are left alone, and {@link
   * Translation#fit} brings the skeleton as near to them as it can be. A bone that was seen in
   * fewer than five frames is not corrected.
   *
   * @param person with 3D keypoints in metres, in the frame of those that were added
   */
  public PersonPose correct(PersonPose person) {
    if (!person.has3d()) {
      return person;
    }
    float[][] xyz = person.keypoints3d();
    double[][] before = nodes(xyz);
    double[] wanted = lengths();
    double[][] near = new LeastMovement(tree, wanted).apply(before);
    double[][] after = before.clone();
    for (BodyTree.Bone bone : tree.bones()) {
      double[] vector = Vec.minus(near[bone.to()], near[bone.from()]);
      double length = Vec.length(vector);
      boolean known = !Double.isNaN(wanted[bone.length()]) && length > 0;
      double factor = known ? wanted[bone.length()] / length : 1;
      after[bone.to()] = Vec.plus(after[bone.from()], factor, vector);
    }
    for (int[] pair : tree.carried()) {
      double[] vector = Vec.minus(before[pair[1]], before[pair[0]]);
      after[pair[1]] = Vec.plus(after[pair[0]], 1, vector);
    }
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = new float[] {(float) after[i][0], (float) after[i][1], (float) after[i][2]};
    }
    return person.withKeypoints3d(xyz);
  }

  private double[] lengths() {
    if (stale) {
      lengths =
          samples.stream()
              .map(Reservoir::kept)
              .mapToDouble(
                  kept ->
                      kept.size() < FEWEST
                          ? Double.NaN
                          : Reservoir.median(
                              kept.stream().mapToDouble(Double::doubleValue).toArray()))
              .toArray();
      stale = false;
    }
    return lengths;
  }

  private double[][] nodes(float[][] xyz) {
    double[][] nodes = new double[tree.nodes()][];
    for (int i = 0; i < xyz.length; i++) {
      nodes[i] = Vec.of(xyz[i]);
    }
    nodes[tree.pelvis()] = Landmarks.middle(xyz, tree.hips());
    nodes[tree.chest()] = Landmarks.middle(xyz, tree.shoulders());
    return nodes;
  }
}
