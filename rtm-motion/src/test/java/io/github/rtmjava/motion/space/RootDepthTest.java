package io.github.rtmjava.motion.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootDepthTest {
  private static final WorldPose POSE = WorldPose.level(10, 1.4);

  private final RootDepth depth = RootDepth.of(Walker.SET, Walker.HEIGHT, 0.3f).orElseThrow();

  @Test
  void theBodyOfTheTableIsAsTallAsItIs() {
    PersonPose person = Walker.seen(Walker.world(0, 4), POSE);
    BodyHeight height = BodyHeight.of(Walker.SET, 0.3f).orElseThrow();
    assertEquals(Walker.HEIGHT, height.metres(person).orElseThrow(), 0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 4, 11})
  void whoIsPlacedAnywhereIsFoundWhereHeIs(double away) {
    PersonPose person = Walker.seen(Walker.world(0.5, away), POSE);
    double root = Landmarks.middle(person.keypoints3d(), new int[] {11, 12})[2];
    PersonPose nominal = depth.place(person, Walker.CAMERA, Camera.NOMINAL_ROOT_DEPTH);

    double found = depth.metres(nominal, Walker.CAMERA).orElseThrow();

    // The made-up body is a little less than 1.80 m, because its eyes are beside its neck.
    assertEquals(root, found, 0.01 * root);
    float[][] there = depth.place(nominal, Walker.CAMERA, root).keypoints3d();
    for (int i = 0; i < there.length; i++) {
      assertArrayEquals(person.keypoints3d()[i], there[i], 1e-3f);
    }
  }

  @Test
  void aPlaceRelativeToTheRootDoesAsWell() {
    PersonPose person = Walker.seen(Walker.world(0, 4), POSE);
    PersonPose relative =
        Walker.frame(0, person).result().in(Frame3d.ROOT_RELATIVE).persons().get(0);
    assertEquals(
        depth.metres(person, Walker.CAMERA).orElseThrow(),
        depth.metres(relative, Walker.CAMERA).orElseThrow(),
        1e-3);
  }

  @Test
  void aFocalLengthTwiceAsLongPutsEverybodyTwiceAsFar() {
    PersonPose person = Walker.seen(Walker.world(0, 4), POSE);
    Camera c = Walker.CAMERA;
    Camera longer = new Camera(2 * c.fx(), 2 * c.fy(), c.cx(), c.cy(), 5);
    double near = depth.metres(person, c).orElseThrow();
    double far = depth.metres(person, longer).orElseThrow();
    assertEquals(2, far / near, 0.02);
  }

  @Test
  void withoutAnkleOrDepthThereIsNoPlace() {
    PersonPose person = Walker.seen(Walker.world(0, 4), POSE);
    float[] scores = person.scores();
    scores[15] = 0;
    assertTrue(depth.metres(person.withScores(scores), Walker.CAMERA).isEmpty());
    assertTrue(depth.metres(person.withKeypoints3d(new float[0][]), Walker.CAMERA).isEmpty());
  }

  @Test
  void aPointIsNobodyOfAnyHeight() {
    PersonPose person = Walker.seen(Walker.world(0, 4), POSE);
    float[][] xy = person.keypoints();
    Arrays.fill(xy, xy[0]);
    float[][] xyz = person.keypoints3d();
    Arrays.fill(xyz, xyz[0]);
    PersonPose point = person.withKeypoints(xy).withKeypoints3d(xyz);
    assertTrue(depth.metres(point, Walker.CAMERA).isEmpty());
  }

  @Test
  void noHeightAndNoBodyAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> RootDepth.of(Walker.SET, 0, 0));
    assertTrue(RootDepth.of(KeypointSet.of("interhand3d", 42), 1.8, 0).isEmpty());
  }

  @Test
  void theProjectionTellsWhereASkeletonIs() {
    PersonPose person = Walker.seen(Walker.world(0.3, 5), POSE);
    float[][] moved = person.keypoints3d();
    for (float[] p : moved) {
      p[0] -= 0.7f;
      p[1] += 0.2f;
      p[2] -= 4;
    }
    float[] weights = new float[moved.length];
    Arrays.fill(weights, 1);
    assertArrayEquals(
        new float[] {0.7f, -0.2f, 4},
        Translation.fit(moved, person.keypoints(), weights, Walker.CAMERA).orElseThrow(),
        1e-3f);
  }

  @Test
  void keypointsWithoutWeightTellNothing() {
    PersonPose person = Walker.seen(Walker.world(0.3, 5), POSE);
    assertTrue(
        Translation.fit(person.keypoints3d(), person.keypoints(), new float[26], Walker.CAMERA)
            .isEmpty());
  }
}
