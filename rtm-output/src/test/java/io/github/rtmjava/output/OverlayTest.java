package io.github.rtmjava.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final int SIDE = 200;
  private static final int LEFT_KNEE = 13;
  private static final int LEFT_ANKLE = 15;

  @Test
  void keypointsHaveTheirDatasetsColours() {
    Image drawn = new Overlay(DrawOptions.of(0.3f)).draw(grey(), spread(0.9f));

    assertEquals(colour(LEFT_KNEE), drawn.rgb(100, 60));
    assertEquals(colour(LEFT_ANKLE), drawn.rgb(100, 140));
  }

  @Test
  void linksHaveTheirDatasetsColours() {
    Image drawn = new Overlay(DrawOptions.of(0.3f)).draw(grey(), spread(0.9f));

    int expected =
        Scenes.WHOLE_BODY.links().stream()
            .filter(link -> link.from() == LEFT_ANKLE && link.to() == LEFT_KNEE)
            .mapToInt(KeypointSet.Link::rgb)
            .findFirst()
            .orElseThrow();
    assertEquals(expected, drawn.rgb(100, 100));
  }

  @Test
  void keypointsBelowTheThresholdAreLeftOutWithTheirLinks() {
    Image drawn = new Overlay(DrawOptions.of(0.95f)).draw(grey(), spread(0.9f));

    assertEquals(0x808080, drawn.rgb(100, 60));
    assertEquals(0x808080, drawn.rgb(100, 100));
  }

  @Test
  void boxesAreDrawn() {
    Image drawn = new Overlay(DrawOptions.of(0.3f)).draw(grey(), spread(0.9f));

    assertNotEquals(0x808080, drawn.rgb(180, 100));
  }

  @Test
  void aPictureWithoutPeopleStaysAsItIs() {
    Image drawn =
        new Overlay(DrawOptions.of(0.3f)).draw(grey(), Scenes.result(SIDE, SIDE, List.of()));

    assertArrayEquals(grey().bgr(), drawn.bgr());
  }

  private static int colour(int keypoint) {
    return Scenes.WHOLE_BODY.points().get(keypoint).rgb();
  }

  /** Only a left knee and a left ankle, one above the other. */
  static PoseResult spread(float score) {
    float[][] keypoints = new float[Scenes.WHOLE_BODY.size()][2];
    float[] scores = new float[keypoints.length];
    keypoints[LEFT_KNEE] = new float[] {100, 60};
    keypoints[LEFT_ANKLE] = new float[] {100, 140};
    scores[LEFT_KNEE] = score;
    scores[LEFT_ANKLE] = score;
    PersonPose person = Scenes.person(keypoints, scores);
    return Scenes.result(SIDE, SIDE, List.of(person));
  }

  static Image grey() {
    byte[] bgr = new byte[SIDE * SIDE * 3];
    Arrays.fill(bgr, (byte) 0x80);
    return Image.ofBgr(SIDE, SIDE, bgr);
  }
}
