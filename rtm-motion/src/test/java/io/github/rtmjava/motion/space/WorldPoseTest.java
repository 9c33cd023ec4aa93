package io.github.rtmjava.motion.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldPoseTest {
  @Test
  void aLevelCameraSeesTheWorldsAxes() {
    WorldPose pose = WorldPose.level(0, 1.5);
    assertArrayEquals(new float[] {1, 3, -0.5f}, pose.apply(new float[] {1, 2, 3}), 1e-6f);
  }

  @Test
  void aPointStraightAheadOfACameraThatLooksDownIsOnTheFloor() {
    WorldPose pose = WorldPose.level(30, 2);
    assertArrayEquals(
        new float[] {0, (float) (2 / Math.tan(Math.toRadians(30))), 0},
        pose.apply(new float[] {0, 0, 4}),
        1e-6f);
  }

  @Test
  void theWorldIsRightHandedAndRigid() {
    WorldPose pose = WorldPose.above(Vec.unit(new double[] {0.2, -0.9, -0.3}), 1);
    double[] o = Vec.of(pose.apply(new float[3]));
    double[] x = Vec.minus(Vec.of(pose.apply(new float[] {1, 0, 0})), o);
    double[] y = Vec.minus(Vec.of(pose.apply(new float[] {0, 1, 0})), o);
    double[] z = Vec.minus(Vec.of(pose.apply(new float[] {0, 0, 1})), o);
    assertArrayEquals(z, Vec.cross(x, y), 1e-6);
    assertEquals(1, Vec.length(x), 1e-6);
  }

  @Test
  void pitchRollAndHeightAreReadBack() {
    WorldPose pose = WorldPose.level(12, 1.7);
    assertEquals(12, pose.pitch(), 1e-9);
    assertEquals(0, pose.roll(), 1e-9);
    assertEquals(1.7, pose.height(), 1e-9);
  }

  @Test
  void aCameraTurnedClockwiseLeansToTheRight() {
    // Gravity is then seen to the right of the picture's lower edge, and up to the left.
    double a = Math.toRadians(10);
    WorldPose pose = WorldPose.above(new double[] {-Math.sin(a), -Math.cos(a), 0}, 1);
    assertEquals(10, pose.roll(), 1e-9);
  }

  @Test
  void aCameraThatLooksStraightDownHasAFloorToo() {
    WorldPose pose = WorldPose.level(90, 3);
    assertArrayEquals(new float[] {1, 2, 0}, pose.apply(new float[] {1, -2, 3}), 1e-6f);
  }

  @Test
  void extrinsicsLeadBackToTheWorld() {
    // A camera at (1, 2, 3) turned by 90 degrees around Z: R = (x: -y, y: x, z: z), t = -R p.
    WorldPose pose =
        WorldPose.ofExtrinsics(new double[] {0, 0, -Math.PI / 2}, new double[] {-2, 1, -3});
    assertArrayEquals(new double[] {1, 2, 3}, pose.position(), 1e-9);
    assertArrayEquals(new float[] {1, 3, 3}, pose.apply(new float[] {1, 0, 0}), 1e-6f);
  }

  @Test
  void noRotationIsNoRotation() {
    WorldPose pose = WorldPose.ofExtrinsics(new double[3], new double[] {1, 0, 0});
    assertArrayEquals(new float[] {-1, 0, 5}, pose.apply(new float[] {0, 0, 5}), 1e-6f);
  }

  @Test
  void onlyTheCamerasFrameLeadsToTheWorld() {
    PoseResult result = new PoseResult(640, 480, "m", Frame3d.Z_UP, Walker.SET, List.of());
    assertThrows(IllegalStateException.class, () -> WorldPose.level(0, 1).apply(result));
  }

  @Test
  void theWorldIsNamedInResults() {
    PoseResult result = new PoseResult(640, 480, "m", Frame3d.CAMERA, Walker.SET, List.of());
    assertEquals(Frame3d.WORLD, WorldPose.level(0, 1).apply(result).frame());
  }

  @Test
  void numbersThatAreNoPoseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> WorldPose.level(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> WorldPose.level(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> WorldPose.above(new double[] {0, -2, 0}, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> WorldPose.ofExtrinsics(new double[] {0, Double.NaN, 0}, new double[3]));
  }
}
