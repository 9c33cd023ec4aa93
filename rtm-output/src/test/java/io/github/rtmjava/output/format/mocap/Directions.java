package io.github.rtmjava.output.format.mocap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where bones of the hierarchies point, by the names of their ends and of the keypoints there. */
public final class Directions {
  /** From a joint to another, and from keypoints to others; a plus stands for the middle of two. */
  private static final String[][] BONES = {
    {"Spine", "Neck", "left_hip+right_hip", "left_shoulder+right_shoulder"},
    {"Neck", "Head", "left_shoulder+right_shoulder", "left_ear+right_ear"},
    {"Head", "HeadEnd", "left_ear+right_ear", "nose"},
    {"LeftShoulder", "LeftArm", "left_shoulder+right_shoulder", "left_shoulder"},
    {"LeftArm", "LeftForeArm", "left_shoulder", "left_elbow"},
    {"RightArm", "RightForeArm", "right_shoulder", "right_elbow"},
    {"LeftPelvis", "LeftUpLeg", "left_hip+right_hip", "left_hip"},
    {"LeftUpLeg", "LeftLeg", "left_hip", "left_knee"},
    {"RightUpLeg", "RightLeg", "right_hip", "right_knee"},
  };

  private static final String[][] FEET = {
    {"LeftLeg", "LeftFoot", "left_knee", "left_ankle"},
    {"RightLeg", "RightFoot", "right_knee", "right_ankle"},
    {"RightFoot", "RightFootEnd", "right_ankle", "right_big_toe"},
  };

  private static final String[][] HANDS = {
    {"LeftForeArm", "LeftHand", "left_elbow", "left_wrist"},
    {"LeftInHandThumb", "LeftHandThumb1", "left_hand_root", "left_thumb1"},
    {"LeftHandIndex1", "LeftHandIndex2", "left_forefinger1", "left_forefinger2"},
    {"RightInHandPinky", "RightHandPinky1", "right_hand_root", "right_pinky_finger1"},
    {"RightHandRing3", "RightHandRing3End", "right_ring_finger3", "right_ring_finger4"},
  };

  private Directions() {}

  /**
   * Compares them with a person's, where the keypoints were found.
   *
   * @param joints where the joints are, Y up
   * @param person in the camera's frame
   * @return how many bones were compared
   */
  public static int assertAsIn(
      PersonPose person, KeypointSet set, Map<String, double[]> joints, double tolerance) {
    int compared = 0;
    for (String[][] group : List.of(BONES, FEET, HANDS)) {
      for (String[] bone : group) {
        double[] start = middle(bone[2], person, set);
        double[] end = middle(bone[3], person, set);
        // Ends have no node in glTF.
        boolean known = joints.containsKey(bone[1]);
        assertTrue(known || bone[1].endsWith("End") || set.size() < 133, bone[1]);
        if (!known || Double.isNaN(start[0] + end[0])) {
          continue;
        }
        double[] expected = Rotation.unit(minus(end, start));
        double[] found = Rotation.unit(minus(joints.get(bone[1]), joints.get(bone[0])));
        for (int axis = 0; axis < 3; axis++) {
          assertEquals(expected[axis], found[axis], tolerance, bone[0]);
        }
        compared++;
      }
    }
    return compared;
  }

  private static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  /** With Y up; NaN where the set or the person lacks a keypoint. */
  public static double[] middle(String names, PersonPose person, KeypointSet set) {
    double[] out = new double[3];
    String[] parts = names.split("\\+", -1);
    for (String name : parts) {
      int k = set.indexOf(name);
      if (k < 0 || person.scores()[k] <= 0) {
        Arrays.fill(out, Double.NaN);
        return out;
      }
      float[] p = person.keypoints3d()[k];
      out[0] += p[0] / (double) parts.length;
      out[1] -= p[1] / (double) parts.length;
      out[2] -= p[2] / (double) parts.length;
    }
    return out;
  }
}
