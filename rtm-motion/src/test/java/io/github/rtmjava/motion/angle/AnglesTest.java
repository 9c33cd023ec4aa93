package io.github.rtmjava.motion.angle;

import static io.github.rtmjava.motion.angle.BodyAngle.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnglesTest {
  private static final Set<BodyAngle> WITHOUT_FEET =
      EnumSet.of(RIGHT_ANKLE, LEFT_ANKLE, RIGHT_FOOT, LEFT_FOOT);
  private static final Set<BodyAngle> OF_HANDS =
      EnumSet.of(RIGHT_WRIST, LEFT_WRIST, RIGHT_HAND, LEFT_HAND);

  private final Figure figure = new Figure("coco_wholebody", 133);
  private final Angles angles = Angles.of(figure.set);

  @ParameterizedTest
  @CsvSource({"coco,17", "halpe26,26", "coco_wholebody,133", "crowdpose,14"})
  void everySetHasTheAnglesOfItsKeypoints(String name, int size) {
    Set<BodyAngle> expected = EnumSet.allOf(BodyAngle.class);
    if (size < 100) {
      expected.removeAll(OF_HANDS);
    }
    if (size < 20) {
      expected.removeAll(WITHOUT_FEET);
    }
    assertEquals(expected, Set.copyOf(Angles.of(KeypointSet.of(name, size)).list()));
  }

  @Test
  void handsHaveNoAnglesOfTheBody() {
    assertTrue(Angles.of(KeypointSet.of("interhand3d", 42)).list().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"coco,17", "halpe26,26", "coco_wholebody,133", "crowdpose,14"})
  void whoStandsUprightBendsNoJoint(String name, int size) {
    Figure standing = new Figure(name, size);
    Angles of = Angles.of(standing.set);
    float[] flat = of.degrees2d(standing.person());
    float[] space = of.degrees3d(standing.person(), Frame3d.CAMERA);
    for (int i = 0; i < flat.length; i++) {
      if (of.list().get(i).kind() == BodyAngle.Kind.JOINT) {
        assertEquals(0, flat[i], 1e-3, of.list().get(i).id());
        assertEquals(0, space[i], 1e-3, of.list().get(i).id());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RIGHT_FOOT, 0",
    "LEFT_SHANK, -90",
    "RIGHT_THIGH, -90",
    "TRUNK, 90",
    "HEAD, 90",
    "LEFT_ARM, -90",
    "RIGHT_FOREARM, -90",
    "LEFT_HAND, -90"
  })
  void segmentsPointUpOrDown(BodyAngle angle, float degrees) {
    assertEquals(degrees, flat(angle), 1e-3);
    assertEquals(degrees, space(angle), 1e-3);
  }

  @Test
  void aSquareKneeIsFlexedByNinetyDegrees() {
    figure.rightLeg(0.4f, 0, 0.4f, 0.4f);
    assertEquals(90, flat(RIGHT_KNEE), 1e-3);
    assertEquals(90, space(RIGHT_KNEE), 1e-3);
    assertEquals(90, flat(RIGHT_HIP), 1e-3);
    assertEquals(90, space(RIGHT_HIP), 1e-3);
    assertEquals(0, flat(RIGHT_THIGH), 1e-3);
    assertEquals(0, flat(LEFT_KNEE), 1e-3);
  }

  @Test
  void aRaisedToeIsDorsiflexion() {
    float tan20 = 0.2f * (float) Math.tan(Math.toRadians(20));
    figure.put("right_big_toe", 0.15f, 0.9f - tan20, -0.1f);
    assertEquals(20, flat(RIGHT_ANKLE), 1e-3);
    assertEquals(20, space(RIGHT_ANKLE), 1e-3);
    assertEquals(20, flat(RIGHT_FOOT), 1e-3);
    assertEquals(20, space(RIGHT_FOOT), 1e-3);
  }

  @Test
  void anElbowFlexesForwards() {
    figure.put("right_wrist", 0.3f, -0.2f, -0.1f).put("right_forefinger1", 0.4f, -0.2f, -0.1f);
    assertEquals(90, flat(RIGHT_ELBOW), 1e-3);
    assertEquals(90, space(RIGHT_ELBOW), 1e-3);
    assertEquals(0, flat(RIGHT_WRIST), 1e-3);
  }

  @Test
  void anArmAboveTheHeadIsFlexedByAHalfTurn() {
    figure.put("left_elbow", 0, -0.8f, 0.1f);
    assertEquals(180, Math.abs(flat(LEFT_SHOULDER)), 1e-3);
    assertEquals(180, space(LEFT_SHOULDER), 1e-3);
  }

  @Test
  void anArmBehindTheBodyIsExtendedInThePictureOnly() {
    figure.put("left_elbow", -0.3f, -0.5f, 0.1f);
    assertEquals(-90, flat(LEFT_SHOULDER), 1e-3);
    assertEquals(90, space(LEFT_SHOULDER), 1e-3);
  }

  @Test
  void whoTurnsAroundKeepsTheFlexionOfHisJoints() {
    figure.rightLeg(0.4f, 0.1f, 0.3f, 0.5f).put("left_wrist", 0.2f, -0.3f, 0.1f);
    float[] before = angles.degrees2d(figure.person());
    float[] after = angles.degrees2d(figure.mirrored().person());
    for (BodyAngle angle : angles.list()) {
      int here = angles.list().indexOf(angle);
      int there = angles.list().indexOf(otherSide(angle));
      if (angle.kind() == BodyAngle.Kind.JOINT) {
        assertEquals(before[here], after[there], 1e-3, angle.id());
      }
    }
  }

  @Test
  void aMirrorExchangesTheSidesInSpace() {
    Random random = new Random(1);
    figure.map(p -> jitter(p, random));
    float[] before = angles.degrees3d(figure.person(), Frame3d.CAMERA);
    float[] after = angles.degrees3d(figure.mirrored().person(), Frame3d.CAMERA);
    for (BodyAngle angle : angles.list()) {
      int there = angles.list().indexOf(otherSide(angle));
      // Pelvis and shoulders lead from right to left, so a mirror turns them around.
      float sign = angle == PELVIS || angle == SHOULDERS ? -1 : 1;
      assertEquals(sign * before[angles.list().indexOf(angle)], after[there], 1e-3, angle.id());
    }
  }

  @Test
  void neitherPlaceNorTurnNorSizeChangesTheJoints() {
    Random random = new Random(2);
    figure.map(p -> jitter(p, random));
    float[] before = angles.degrees3d(figure.person(), Frame3d.CAMERA);
    double a = 0.7;
    figure.map(
        p ->
            new float[] {
              (float) (2 * (Math.cos(a) * p[0] - Math.sin(a) * p[1])) + 3,
              (float) (2 * (Math.sin(a) * p[0] + Math.cos(a) * p[1])) - 1,
              2 * p[2] + 5
            });
    float[] after = angles.degrees3d(figure.person(), Frame3d.CAMERA);
    for (int i = 0; i < before.length; i++) {
      if (angles.list().get(i).kind() == BodyAngle.Kind.JOINT) {
        assertEquals(before[i], after[i], 2e-3, angles.list().get(i).id());
      }
    }
  }

  @Test
  void aTurnOfThePictureTurnsTheSegments() {
    double a = Math.toRadians(10);
    figure.map(
        p ->
            new float[] {
              (float) (Math.cos(a) * p[0] + Math.sin(a) * p[1]),
              (float) (-Math.sin(a) * p[0] + Math.cos(a) * p[1]),
              p[2]
            });
    assertEquals(100, flat(TRUNK), 1e-3);
    assertEquals(-80, flat(LEFT_SHANK), 1e-3);
    assertEquals(10, flat(RIGHT_FOOT), 1e-3);
    assertEquals(80, space(TRUNK), 1e-3);
  }

  @ParameterizedTest
  @CsvSource({"CAMERA", "ROOT_RELATIVE", "Z_UP", "Y_UP", "WORLD", "RTMPOSE3D"})
  void everyFrameInMetresHasTheSameAngles(Frame3d frame) {
    Random random = new Random(3);
    figure.map(p -> jitter(p, random));
    float[] expected = angles.degrees3d(figure.person(), Frame3d.CAMERA);
    figure.map(
        p ->
            switch (frame) {
              case Y_UP -> new float[] {p[0], -p[1], -p[2]};
              case Z_UP, WORLD -> new float[] {p[0], p[2], -p[1]};
              case RTMPOSE3D -> new float[] {-p[0], -p[2], -p[1]};
              default -> p;
            });
    assertArrayEquals(expected, angles.degrees3d(figure.person(), frame), 1e-3f);
  }

  @Test
  void aLeftHipAboveTheRightOneTiltsThePelvisUp() {
    figure.map(p -> new float[] {p[2], p[1], -p[0]});
    figure.put("left_hip", 0.1f, -0.2f, 0).put("right_hip", -0.1f, 0, 0);
    assertEquals(45, flat(PELVIS), 1e-3);
    assertEquals(45, space(PELVIS), 1e-3);
  }

  @Test
  void anglesOfKeypointsThatAreNotSeenAreMissing() {
    Random random = new Random(4);
    figure.map(p -> jitter(p, random));
    figure.scores[figure.set.indexOf("right_ankle")] = 0.29f;
    Set<BodyAngle> gone = EnumSet.of(RIGHT_ANKLE, RIGHT_KNEE, RIGHT_SHANK);
    for (BodyAngle angle : angles.list()) {
      assertEquals(gone.contains(angle), Float.isNaN(flat(angle)), angle.id());
      assertEquals(gone.contains(angle), Float.isNaN(space(angle)), angle.id());
    }
  }

  @Test
  void pointsInOnePlaceHaveNoAngle() {
    figure.put("left_elbow", 0, -0.5f, 0.1f);
    assertTrue(Float.isNaN(flat(LEFT_ARM)));
    assertTrue(Float.isNaN(space(LEFT_ARM)));
    assertTrue(Float.isNaN(flat(LEFT_SHOULDER)));
    assertTrue(Float.isNaN(space(LEFT_SHOULDER)));
  }

  @Test
  void withoutDepthThereAreNoAnglesInSpace() {
    PersonPose flat = figure.person().withKeypoints3d(new float[0][]);
    for (float angle : angles.degrees3d(flat, Frame3d.CAMERA)) {
      assertTrue(Float.isNaN(angle));
    }
    assertFalse(Float.isNaN(angles.degrees2d(flat)[0]));
  }

  @Test
  void pixelsWithDepthHaveNoAnglesInSpace() {
    PersonPose person = figure.person();
    assertThrows(IllegalArgumentException.class, () -> angles.degrees3d(person, Frame3d.UVD));
  }

  @Test
  void aPersonOfAnotherSetIsRefused() {
    PersonPose other = new Figure("coco", 17).person();
    assertThrows(IllegalArgumentException.class, () -> angles.degrees2d(other));
  }

  private float flat(BodyAngle angle) {
    return angles.degrees2d(figure.person())[angles.list().indexOf(angle)];
  }

  private float space(BodyAngle angle) {
    return angles.degrees3d(figure.person(), Frame3d.CAMERA)[angles.list().indexOf(angle)];
  }

  private static BodyAngle otherSide(BodyAngle angle) {
    return switch (angle.side()) {
      case RIGHT -> valueOf(angle.name().replace("RIGHT", "LEFT"));
      case LEFT -> valueOf(angle.name().replace("LEFT", "RIGHT"));
      case MIDDLE -> angle;
    };
  }

  private static float[] jitter(float[] p, Random random) {
    return new float[] {
      p[0] + 0.04f * random.nextFloat(),
      p[1] + 0.04f * random.nextFloat(),
      p[2] + 0.04f * random.nextFloat()
    };
  }
}
