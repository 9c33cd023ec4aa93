package io.github.rtmjava.motion.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoneLengthsTest {
  private final Random random = new Random(7);

  @ParameterizedTest
  @CsvSource({"coco,17", "halpe26,26", "coco_wholebody,133", "crowdpose,14"})
  void allFramesHaveTheSameLengthsRightAndLeft(String name, int size) {
    KeypointSet set = KeypointSet.of(name, size);
    BodyTree tree = BodyTree.of(set).orElseThrow();
    BoneLengths bones = BoneLengths.of(set, 0.3f).orElseThrow();
    List<PersonPose> track = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      track.add(anybody(size));
      bones.add(track.get(i));
    }
    double[] expected = new double[tree.lengths()];
    for (PersonPose person : track) {
      float[][] xyz = bones.correct(person).keypoints3d();
      for (BodyTree.Bone bone : tree.bones()) {
        double length = length(xyz, tree, bone);
        if (expected[bone.length()] == 0) {
          expected[bone.length()] = length;
        }
        assertEquals(expected[bone.length()], length, 1e-5);
      }
    }
  }

  @Test
  void thePelvisStays() {
    BoneLengths bones = BoneLengths.of(Walker.SET, 0.3f).orElseThrow();
    for (int i = 0; i < 20; i++) {
      bones.add(anybody(26));
    }
    PersonPose person = anybody(26);
    int[] hips = {Walker.SET.indexOf("left_hip"), Walker.SET.indexOf("right_hip")};
    assertArrayEquals(
        Landmarks.middle(person.keypoints3d(), hips),
        Landmarks.middle(bones.correct(person).keypoints3d(), hips),
        1e-5);
  }

  @Test
  void aFaceFollowsItsNoseUnchanged() {
    KeypointSet set = KeypointSet.of("coco_wholebody", 133);
    BoneLengths bones = BoneLengths.of(set, 0.3f).orElseThrow();
    for (int i = 0; i < 20; i++) {
      bones.add(anybody(133));
    }
    PersonPose person = anybody(133);
    float[][] before = person.keypoints3d();
    float[][] after = bones.correct(person).keypoints3d();
    for (int axis = 0; axis < 3; axis++) {
      assertEquals(before[50][axis] - before[0][axis], after[50][axis] - after[0][axis], 1e-5);
    }
  }

  @Test
  void aSkeletonOfOneSizeIsLeftAsItIs() {
    BoneLengths bones = BoneLengths.of(Walker.SET, 0.3f).orElseThrow();
    PersonPose person = Walker.seen(Walker.world(0, 4), WorldPose.level(5, 1.3));
    for (int i = 0; i < 10; i++) {
      bones.add(person);
    }
    float[][] after = bones.correct(person).keypoints3d();
    for (int i = 0; i < after.length; i++) {
      assertArrayEquals(person.keypoints3d()[i], after[i], 1e-5f);
    }
  }

  @Test
  void aFewWrongFramesDoNotCount() {
    BoneLengths bones = BoneLengths.of(Walker.SET, 0.3f).orElseThrow();
    PersonPose person = Walker.seen(Walker.world(0, 4), WorldPose.level(5, 1.3));
    for (int i = 0; i < 30; i++) {
      bones.add(i % 5 == 0 ? anybody(26) : person);
    }
    float[][] after = bones.correct(person).keypoints3d();
    for (int i = 0; i < after.length; i++) {
      assertArrayEquals(person.keypoints3d()[i], after[i], 1e-5f);
    }
  }

  @Test
  void bonesThatWereHardlySeenKeepTheirLength() {
    BoneLengths bones = BoneLengths.of(Walker.SET, 0.3f).orElseThrow();
    float[] unseen = new float[26];
    for (int i = 0; i < 20; i++) {
      bones.add(anybody(26).withScores(unseen));
    }
    PersonPose person = anybody(26);
    float[][] after = bones.correct(person).keypoints3d();
    for (int i = 0; i < after.length; i++) {
      assertArrayEquals(person.keypoints3d()[i], after[i], 1e-5f);
    }
  }

  @Test
  void flatPeopleHaveNoBones() {
    BoneLengths bones = BoneLengths.of(Walker.SET, 0.3f).orElseThrow();
    PersonPose flat = anybody(26).withKeypoints3d(new float[0][]);
    bones.add(flat);
    assertSame(flat, bones.correct(flat));
  }

  @Test
  void handsHaveNoPelvis() {
    assertTrue(BoneLengths.of(KeypointSet.of("interhand3d", 42), 0).isEmpty());
  }

  @Test
  void aReservoirKeepsAnEvenSample() {
    Reservoir<Double> reservoir = new Reservoir<>(1000);
    for (int i = 0; i < 100_000; i++) {
      reservoir.add(i / 100_000.0);
    }
    double[] kept = reservoir.kept().stream().mapToDouble(d -> d).toArray();
    assertEquals(1000, kept.length);
    assertEquals(0.5, Reservoir.median(kept), 0.05);
  }

  private PersonPose anybody(int size) {
    float[][] xyz = new float[size][3];
    for (float[] p : xyz) {
      for (int axis = 0; axis < 3; axis++) {
        p[axis] = (float) random.nextGaussian();
      }
    }
    float[] scores = new float[size];
    Arrays.fill(scores, 1);
    return new PersonPose(new Box(0, 0, 1, 1), 1, new float[size][2], xyz, scores);
  }

  private static double length(float[][] xyz, BodyTree tree, BodyTree.Bone bone) {
    return Vec.length(vector(xyz, tree, bone));
  }

  private static double[] vector(float[][] xyz, BodyTree tree, BodyTree.Bone bone) {
    return Vec.minus(node(xyz, tree, bone.to()), node(xyz, tree, bone.from()));
  }

  private static double[] node(float[][] xyz, BodyTree tree, int node) {
    if (node == tree.pelvis()) {
      return Landmarks.middle(xyz, tree.hips());
    }
    return node == tree.chest() ? Landmarks.middle(xyz, tree.shoulders()) : Vec.of(xyz[node]);
  }
}
