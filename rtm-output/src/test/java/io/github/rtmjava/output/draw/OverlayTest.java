package io.github.rtmjava.output.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
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
  void boxesOfDifferentPeopleDifferInColour() {
    PersonPose person = spread(0.9f).persons().get(0);
    PersonPose other = person.withBbox(new Box(60, 40, 190, 190));

    Image drawn =
        new Overlay(DrawOptions.of(0.3f).with(DrawOptions.Detail.BBOX))
            .draw(grey(), Scenes.result(SIDE, SIDE, List.of(person, other)));

    assertNotEquals(0x808080, drawn.rgb(20, 100));
    assertNotEquals(0x808080, drawn.rgb(190, 100));
    assertNotEquals(drawn.rgb(20, 100), drawn.rgb(190, 100));
  }

  @Test
  void labelsOfPeopleInOnePlaceMakeRoomForEachOther() {
    PersonPose person = spread(0.9f).persons().get(0).withBbox(new Box(40, 80, 120, 190));
    List<PersonPose> crowd = List.of(person.withId(1), person.withId(2), person.withId(3));

    Image drawn =
        new Overlay(DrawOptions.of(2).with(DrawOptions.Detail.LABEL))
            .draw(grey(), Scenes.result(SIDE, SIDE, crowd));

    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int id = 1; id <= 3; id++) {
      int count = count(drawn, Colours.person(id));
      least = Math.min(least, count);
      most = Math.max(most, count);
    }
    assertTrue(least > 0.8 * most, "a label of %d pixels, one of %d".formatted(least, most));
  }

  @Test
  void onlyWhoIsFollowedHasANumber() {
    PersonPose person = spread(0.9f).persons().get(0);
    int alone = labelSize(person);
    int followed = labelSize(person.withId(1));

    assertTrue(followed > 1.5 * alone, "%d pixels, %d without an id".formatted(followed, alone));
    assertEquals(0, labelSize(person.asInterpolated()));
  }

  private static int labelSize(PersonPose person) {
    Image drawn =
        new Overlay(DrawOptions.of(2).with(DrawOptions.Detail.LABEL))
            .draw(grey(), Scenes.result(SIDE, SIDE, List.of(person)));
    return count(drawn, Colours.person(1));
  }

  private static int count(Image image, int rgb) {
    int count = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        count += image.rgb(x, y) == rgb ? 1 : 0;
      }
    }
    return count;
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
