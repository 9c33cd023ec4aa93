package io.github.rtmjava.motion.angle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.testing.Clip;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClipAnglesTest {
  @Test
  void kneesFlexAsTheSidesOfTheirTrianglesSay() throws IOException {
    double most = 0;
    for (PoseFrame frame : Clip.read("clip_01").frames()) {
      for (PersonPose person : frame.result().persons()) {
        Angles angles = Angles.of(frame.result().keypointSet(), 0);
        float[] degrees = angles.degrees3d(person, Frame3d.CAMERA);
        double expected = flexion(person, 12, 14, 16);
        assertEquals(expected, degrees[angles.list().indexOf(BodyAngle.RIGHT_KNEE)], 0.05);
        most = Math.max(most, expected);
      }
    }
    assertTrue(most > 60, "expected somebody who squats, found %s degrees".formatted(most));
  }

  @Test
  void whoWalksToAndFroFlexesTheKneesTheSameWay() throws IOException {
    int counted = 0;
    int extended = 0;
    for (PoseFrame frame : Clip.read("clip_02").frames()) {
      for (PersonPose person : frame.result().persons()) {
        if (person.id().orElseThrow() == 1) {
          Angles angles = Angles.of(frame.result().keypointSet(), 0);
          float knee = angles.degrees2d(person)[angles.list().indexOf(BodyAngle.RIGHT_KNEE)];
          counted++;
          extended += knee < -5 ? 1 : 0;
        }
      }
    }
    assertTrue(extended < 0.02 * counted, "%d of %d".formatted(extended, counted));
  }

  /** 180 degrees minus the angle at b of the triangle, by the law of cosines. */
  private static double flexion(PersonPose person, int a, int b, int c) {
    double ab = distance(person, a, b);
    double bc = distance(person, b, c);
    double ac = distance(person, a, c);
    return 180 - Math.toDegrees(Math.acos((ab * ab + bc * bc - ac * ac) / (2 * ab * bc)));
  }

  private static double distance(PersonPose person, int i, int j) {
    float[] p = person.keypoints3d()[i];
    float[] q = person.keypoints3d()[j];
    return Math.hypot(Math.hypot(p[0] - q[0], p[1] - q[1]), p[2] - q[2]);
  }
}
