package io.github.rtmjava.motion.angle;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Somebody who stands upright seen from his right side, looking to the right, in pixels and in
 * metres of the camera's frame: a pixel a centimetre.
 */
final class Figure {
  final KeypointSet set;
  final float[][] xyz;
  final float[] scores;

  Figure(String name, int size) {
    set = KeypointSet.of(name, size);
    xyz = new float[size][3];
    scores = new float[size];
    Arrays.fill(scores, 1);
    for (String side : new String[] {"right", "left"}) {
      float z = side.equals("right") ? -0.1f : 0.1f;
      put(side + "_shoulder", 0, -0.5f, z);
      put(side + "_elbow", 0, -0.2f, z);
      put(side + "_wrist", 0, 0.1f, z);
      put(side + "_forefinger1", 0, 0.2f, z);
      put(side + "_hip", 0, 0, z);
      put(side + "_knee", 0, 0.4f, z);
      put(side + "_ankle", 0, 0.8f, z);
      put(side + "_heel", -0.05f, 0.9f, z);
      put(side + "_big_toe", 0.15f, 0.9f, z);
      put(side + "_ear", 0, -0.7f, z);
    }
    put("neck", 0, -0.5f, 0);
    put("hip", 0, 0, 0);
    put("head", 0, -0.8f, 0);
    put("top_head", 0, -0.8f, 0);
  }

  /** Moves a keypoint; nothing where the set has none of this name. */
  Figure put(String name, float x, float y, float z) {
    int index = set.indexOf(name);
    if (index >= 0) {
      xyz[index] = new float[] {x, y, z};
    }
    return this;
  }

  /** Moves the right leg below the knee and the knee itself. */
  Figure rightLeg(float kneeX, float kneeY, float ankleX, float ankleY) {
    put("right_knee", kneeX, kneeY, -0.1f);
    return put("right_ankle", ankleX, ankleY, -0.1f);
  }

  Figure map(UnaryOperator<float[]> change) {
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = change.apply(xyz[i]);
    }
    return this;
  }

  /** The same figure in a mirror: x negated, right and left exchanged. */
  Figure mirrored() {
    float[][] old = xyz.clone();
    for (int i = 0; i < xyz.length; i++) {
      float[] p = old[set.points().get(i).flipped()];
      xyz[i] = new float[] {-p[0], p[1], p[2]};
    }
    return this;
  }

  PersonPose person() {
    float[][] xy = new float[xyz.length][];
    for (int i = 0; i < xy.length; i++) {
      xy[i] = new float[] {320 + 100 * xyz[i][0], 240 + 100 * xyz[i][1]};
    }
    return new PersonPose(new Box(0, 0, 640, 480), 1, xy, xyz, scores);
  }
}
