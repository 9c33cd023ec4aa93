package io.github.rtmjava.motion.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import org.junit.jupiter.api.Test;

class GroundEstimatorTest {
  private final GroundEstimator estimator = GroundEstimator.of(Walker.SET, 0.3f).orElseThrow();

  @Test
  void whoWalksShowsTheFloor() {
    WorldPose truth = WorldPose.above(Vec.unit(new double[] {0.05, -0.95, -0.2}), 1.4);
    for (int i = 0; i < 50; i++) {
      estimator.add(Walker.frame(i, Walker.seen(Walker.world(0.02 * i, 3 + 0.03 * i), truth)));
    }
    assertSame(truth, estimator.estimate().orElseThrow(), 1e-3);
  }

  @Test
  void whoJumpsNowAndThenDoesNotLiftTheFloor() {
    WorldPose truth = WorldPose.level(8, 1.2);
    for (int i = 0; i < 60; i++) {
      float[][] world = Walker.world(0.02 * i, 4);
      for (float[] p : world) {
        p[2] += i % 4 == 0 ? 0.4f : 0;
      }
      estimator.add(Walker.frame(i, Walker.seen(world, truth)));
    }
    assertSame(truth, estimator.estimate().orElseThrow(), 0.02);
  }

  @Test
  void aMinorityThatLeansDoesNotTiltTheFloor() {
    WorldPose truth = WorldPose.level(8, 1.2);
    for (int i = 0; i < 60; i++) {
      float[][] world = Walker.world(0.05 * i, 3 + (i % 7) * 0.4);
      for (float[] p : world) {
        p[0] += i % 3 == 0 ? 0.5f * p[2] : 0;
      }
      estimator.add(Walker.frame(i, Walker.seen(world, truth)));
    }
    assertSame(truth, estimator.estimate().orElseThrow(), 0.03);
  }

  @Test
  void aSetWithoutFeetStandsOnItsAnkles() {
    KeypointSet coco = KeypointSet.of("coco", 17);
    GroundEstimator ankles = GroundEstimator.of(coco, 0.3f).orElseThrow();
    WorldPose truth = WorldPose.level(5, 1.3);
    for (int i = 0; i < 20; i++) {
      ankles.add(body(Walker.frame(i, Walker.seen(Walker.world(0, 3 + 0.1 * i), truth)), coco));
    }
    assertSame(truth, ankles.estimate().orElseThrow(), 1e-3);
  }

  @Test
  void nobodyUprightIsNoFloor() {
    WorldPose truth = WorldPose.level(5, 1.3);
    for (int i = 0; i < 50; i++) {
      float[][] sitting = Walker.world(0, 4);
      for (int k : new int[] {Walker.SET.indexOf("left_knee"), Walker.SET.indexOf("right_knee")}) {
        sitting[k][1] += 0.5f;
      }
      estimator.add(Walker.frame(i, Walker.seen(sitting, truth)));
    }
    assertTrue(estimator.estimate().isEmpty());
  }

  @Test
  void whoIsHardlySeenDoesNotCount() {
    WorldPose truth = WorldPose.level(5, 1.3);
    for (int i = 0; i < 50; i++) {
      PersonPose person = Walker.seen(Walker.world(0, 4), truth);
      float[] scores = person.scores();
      scores[Walker.SET.indexOf("left_ankle")] = 0.1f;
      estimator.add(Walker.frame(i, person.withScores(scores)));
    }
    assertTrue(estimator.estimate().isEmpty());
  }

  @Test
  void otherFramesAreRefused() {
    PoseFrame frame = Walker.frame(0);
    PoseFrame turned = frame.with(frame.result().in(Frame3d.Z_UP));
    assertThrows(IllegalArgumentException.class, () -> estimator.add(turned));
  }

  @Test
  void handsHaveNoFloor() {
    assertTrue(GroundEstimator.of(KeypointSet.of("interhand3d", 42), 0).isEmpty());
  }

  /** The first keypoints of everybody, which are those of COCO. */
  private static PoseFrame body(PoseFrame frame, KeypointSet coco) {
    return frame.with(
        new io.github.rtmjava.pose.PoseResult(
            640,
            480,
            "made-up",
            Frame3d.CAMERA,
            coco,
            frame.result().persons().stream()
                .map(
                    p ->
                        new PersonPose(
                            p.bbox(),
                            1,
                            java.util.Arrays.copyOf(p.keypoints(), 17),
                            java.util.Arrays.copyOf(p.keypoints3d(), 17),
                            java.util.Arrays.copyOf(p.scores(), 17)))
                .toList()));
  }

  private static void assertSame(WorldPose truth, WorldPose found, double tolerance) {
    assertEquals(0, Math.toRadians(Vec.degrees(truth.up(), found.up())), tolerance);
    assertEquals(truth.height(), found.height(), 2 * tolerance);
  }
}
