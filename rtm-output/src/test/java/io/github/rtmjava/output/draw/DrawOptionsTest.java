package io.github.rtmjava.output.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.output.draw.DrawOptions.Detail;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawOptionsTest {
  private static final int GREY = 0x808080;

  private static final DrawOptions PLAIN = DrawOptions.of(0.3f).with();

  @Test
  void withoutDetailsThereIsOnlyTheSkeleton() {
    Image drawn = draw(PLAIN, OverlayTest.spread(0.9f));
    assertEquals(GREY, drawn.rgb(180, 100));
    assertEquals(GREY, drawn.rgb(25, 10));
    assertNotEquals(GREY, drawn.rgb(100, 100));
  }

  @Test
  void blackHidesThePicture() {
    assertEquals(0, draw(PLAIN.with(Detail.BLACK), OverlayTest.spread(0.9f)).rgb(10, 100));
  }

  @Test
  void theLessSureTheMoreTransparent() {
    DrawOptions options = PLAIN.with(Detail.OPACITY);
    int sure = distance(draw(options, OverlayTest.spread(1)).rgb(100, 100));
    int middling = distance(draw(options, OverlayTest.spread(0.6f)).rgb(100, 100));
    int unsure = distance(draw(options, OverlayTest.spread(0.4f)).rgb(100, 100));
    assertTrue(sure > middling && middling > unsure && unsure > 10);
    assertEquals(draw(PLAIN, OverlayTest.spread(1)).rgb(100, 100), rgb(options));
  }

  private static int rgb(DrawOptions options) {
    return draw(options, OverlayTest.spread(1)).rgb(100, 100);
  }

  @Test
  void indicesStandBesideKeypoints() {
    Image without = draw(PLAIN, OverlayTest.spread(0.9f));
    Image with = draw(PLAIN.with(Detail.INDEX), OverlayTest.spread(0.9f));
    assertTrue(differ(without, with, 101, 40, 140, 62));
  }

  @Test
  void radiusAndThicknessAreThoseOfThePicture() {
    assertEquals(0, PLAIN.radius());
    DrawOptions fine = PLAIN.withRadius(0.5).withThickness(1);
    int thin = drawn(fine, 1);
    int thick = drawn(fine.withThickness(15), 1);
    int round = drawn(fine.withRadius(15), 1);
    assertTrue(thick > 3 * thin, thick + " and " + thin);
    assertTrue(round > 3 * thin, round + " and " + thin);
    int half = drawn(fine.withRadius(15), 0.5);
    assertTrue(half < round / 2, half + " and " + round);
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withRadius(-1));
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withThickness(Double.NaN));
  }

  /** How many pixels a person takes in a picture that was scaled. */
  private static int drawn(DrawOptions options, double scale) {
    try (Canvas canvas = Canvas.blank(200, 200, GREY)) {
      new Overlay(options).draw(canvas, OverlayTest.spread(0.9f), scale);
      Image image = canvas.toImage();
      int count = 0;
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          count += image.rgb(x, y) == GREY ? 0 : 1;
        }
      }
      return count;
    }
  }

  @Test
  void openPoseHasItsOwnColours() {
    PoseResult styled = OpenPoseStyle.apply(OverlayTest.spread(0.9f));
    assertEquals(1, styled.keypointSet().indexOf("neck"));
    assertEquals(0xff5500, styled.keypointSet().points().get(1).rgb());
    assertEquals(-1, styled.keypointSet().indexOf("left_heel"));
    assertEquals(18 + 68 + 42, styled.keypointSet().size());
    assertEquals(17, styled.keypointSet().links().stream().filter(l -> l.to() < 18).count());
    Image plain = draw(PLAIN, OverlayTest.spread(0.9f));
    Image drawn = draw(PLAIN.with(Detail.OPENPOSE), OverlayTest.spread(0.9f));
    assertNotEquals(plain.rgb(100, 100), drawn.rgb(100, 100));
  }

  @Test
  void theNeckIsBetweenTheShoulders() {
    float[][] keypoints = new float[133][2];
    keypoints[5] = new float[] {10, 20};
    keypoints[6] = new float[] {30, 40};
    float[] scores = new float[133];
    scores[5] = 0.9f;
    scores[6] = 0.4f;
    PoseResult result = Scenes.result(50, 50, List.of(Scenes.person(keypoints, scores)));
    PersonPose styled = OpenPoseStyle.apply(result).persons().get(0);
    assertEquals(20, styled.keypoints()[1][0]);
    assertEquals(30, styled.keypoints()[1][1]);
    assertEquals(0.4f, styled.scores()[1]);
  }

  @Test
  void trailsShowTheWayAndForgetIt() {
    Trails trails = new Trails();
    for (int i = 0; i <= 10; i++) {
      trails.add(frame(i, 20 + 10 * i));
    }
    Overlay overlay = new Overlay(PLAIN.with(Detail.TRAIL));
    PoseResult nobody = Scenes.result(200, 200, List.of());
    Image drawn = overlay.draw(OverlayTest.grey(), nobody, trails);
    assertEquals(Colours.person(3), drawn.rgb(110, 150));
    assertEquals(GREY, drawn.rgb(110, 120));
    trails.add(new PoseFrame(50, 50, nobody));
    assertEquals(GREY, overlay.draw(OverlayTest.grey(), nobody, trails).rgb(110, 150));
  }

  @Test
  void aSheetShowsEachPictureInItsPlace() {
    try (ContactSheet sheet = new ContactSheet(new Overlay(PLAIN))) {
      for (int i = 0; i < 7; i++) {
        assertFalse(sheet.isFull());
        sheet.add(OverlayTest.grey(), OverlayTest.spread(0.9f), "picture " + i);
      }
      Image page = sheet.toImage();
      assertEquals(5 * 328 + 8, page.width());
      assertEquals(2 * 274 + 8, page.height());
      assertEquals(GREY, page.rgb(8 + 160 + 100, 100));
      assertEquals(GREY, page.rgb(8 + 328 + 160 + 100, 274 + 100));
      assertEquals(Colours.BACKGROUND, page.rgb(8 + 2 * 328 + 160, 274 + 100));
    }
  }

  private static PoseFrame frame(int index, float x) {
    float[][] keypoints = new float[133][2];
    keypoints[11] = new float[] {x, 140};
    keypoints[12] = new float[] {x, 160};
    PersonPose person = Scenes.person(keypoints, new float[133]).withId(3);
    return new PoseFrame(index, index * 0.1, Scenes.result(200, 200, List.of(person)));
  }

  private static Image draw(DrawOptions options, PoseResult result) {
    return new Overlay(options).draw(OverlayTest.grey(), result);
  }

  private static int distance(int rgb) {
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      sum += Math.abs(((rgb >> shift) & 0xff) - 0x80);
    }
    return sum;
  }

  private static boolean differ(Image a, Image b, int x1, int y1, int x2, int y2) {
    for (int y = y1; y < y2; y++) {
      for (int x = x1; x < x2; x++) {
        if (a.rgb(x, y) != b.rgb(x, y)) {
          return true;
        }
      }
    }
    return false;
  }
}
