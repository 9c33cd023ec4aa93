package io.github.rtmjava.pose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.geometry.Box;
import org.junit.jupiter.api.Test;

class PersonPoseTest {
  private static final Box BOX = new Box(10, 20, 110, 220.4f);

  @Test
  void saysWhoWhereAndHowMuch() {
    PersonPose flat = new PersonPose(BOX, 0.876f, new float[17][2], new float[0][], new float[17]);
    assertEquals("person in [10, 20, 110, 220], score 0.88, 17 keypoints in 2D", flat.toString());
    PersonPose deep = new PersonPose(BOX, 1, new float[17][2], new float[17][3], new float[17]);
    assertEquals(
        "person 3 in [10, 20, 110, 220], score 1.00, 17 keypoints in 2D and 3D, interpolated",
        deep.withId(3).asInterpolated().toString());
  }
}
