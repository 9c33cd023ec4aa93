package io.github.rtmjava.output.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Skeleton3dViewTest {
  @ParameterizedTest
  @EnumSource(value = Frame3d.class, mode = EnumSource.Mode.EXCLUDE, names = "WORLD")
  void everyFrameShowsTheSameScene(Frame3d frame) {
    PoseResult camera = OverlayTest.spread(0.9f);
    float[] p = {1, 2, 3};
    float[] turned = turn(camera, frame, p);

    double[] seen = ViewSpace.of(frame, turned[0], turned[1], turned[2]);

    assertArrayEquals(new double[] {1, -2, -3}, seen);
  }

  /** One point as {@link PoseResult#in} would turn it, without subtracting a root. */
  private static float[] turn(PoseResult result, Frame3d frame, float[] p) {
    if (frame == Frame3d.ROOT_RELATIVE || frame == Frame3d.UVD) {
      return p;
    }
    float[][] xyz = new float[result.keypointSet().size()][];
    Arrays.fill(xyz, p);
    PersonPose person =
        new PersonPose(
            new Box(0, 0, 1, 1), 1, new float[xyz.length][2], xyz, new float[xyz.length]);
    PoseResult moved = Scenes.result(result.width(), result.height(), List.of(person)).in(frame);
    return moved.persons().get(0).keypoints3d()[0];
  }

  @Test
  void withoutACameraTheCropIsDrawnFortyCentimetresWide() {
    double[][] points = ViewSpace.points(hands(), Frame3d.UVD);

    // A box of 80 pixels is padded to a crop of 100.
    assertArrayEquals(new double[] {0.2, -0.4, -0.1}, points[0], 1e-6);
  }

  @Test
  void whatADrawingAssumesIsNoted() {
    PersonPose person = OverlayTest.spread(0.9f).persons().get(0);

    assertEquals("frame camera, grid 0.25 m", Skeleton3dView.note(person, Frame3d.CAMERA));
    assertEquals("frame camera, grid 0.05 m", Skeleton3dView.note(hands(), Frame3d.CAMERA));
    assertEquals(
        "frame uvd, grid 0.05 m if the crop is 0.4 m wide",
        Skeleton3dView.note(hands(), Frame3d.UVD));
  }

  /** One keypoint of each hand. */
  private static PersonPose hands() {
    return new PersonPose(
        new Box(0, 0, 80, 40),
        1,
        new float[][] {{50, 100}, {60, 110}},
        new float[][] {{50, 100, 0.1f}, {60, 110, 0.2f}},
        new float[] {1, 1},
        new Hands(true, true, 1, 1, 0));
  }

  @Test
  void nearerPointsAppearLarger() {
    Projection projection = new Projection(0, 0, 4, 100, 50, 50);

    double near = projection.project(new double[] {0, 0, 1})[2];
    double far = projection.project(new double[] {0, 0, -1})[2];

    assertEquals(100 * 4 / 3.0, near, 1e-9);
    assertEquals(100 * 4 / 5.0, far, 1e-9);
  }

  @Test
  void theFitShowsEveryPoint() {
    double[][] points = {{-1, -1, 0.5}, {0.3, 1.2, -1}, {0.8, -0.2, 1}};
    Projection projection = new Projection(0.6, 0.2, 4.5, 1, 0, 0).fit(points, 10, 20, 300, 400);

    for (double[] point : points) {
      double[] p = projection.project(point);
      assertTrue(p[0] >= 10 - 1e-6 && p[0] <= 310 + 1e-6, () -> "x " + p[0]);
      assertTrue(p[1] >= 20 - 1e-6 && p[1] <= 420 + 1e-6, () -> "y " + p[1]);
    }
  }

  @Test
  void limbsHaveTheirDatasetsColours() {
    PoseResult result = OverlayTest.spread(0.9f);

    Image view =
        new Skeleton3dView(0.3f)
            .draw(
                result.persons().get(0),
                result.keypointSet(),
                result.frame(),
                Skeleton3dView.Viewpoint.THREE_QUARTER,
                200,
                300);

    assertTrue(countGreen(view) > 100, () -> countGreen(view) + " green pixels");
  }

  @Test
  void bonesOfFingersAreThin() {
    int wrist = Scenes.WHOLE_BODY.indexOf("left_wrist");
    int elbow = Scenes.WHOLE_BODY.indexOf("left_elbow");
    int finger = Scenes.WHOLE_BODY.indexOf("left_hand_root");
    int thumb = Scenes.WHOLE_BODY.indexOf("left_thumb1");

    int body = drawnPixels(elbow, wrist);
    int hand = drawnPixels(finger, thumb);

    assertTrue(hand > 0 && hand < 0.5 * body, () -> hand + " pixels, of the body " + body);
  }

  /** Of one bone of 12 cm. */
  private static int drawnPixels(int from, int to) {
    PersonPose person = OverlayTest.spread(0).persons().get(0);
    float[] scores = new float[person.size()];
    float[][] xyz = person.keypoints3d();
    scores[from] = 1;
    scores[to] = 1;
    xyz[from] = new float[] {0, 0, 3};
    xyz[to] = new float[] {0, 0.12f, 3};
    PersonPose bone = new PersonPose(person.bbox(), 1, person.keypoints(), xyz, scores);
    Image view =
        new Skeleton3dView(0.3f)
            .draw(bone, Scenes.WHOLE_BODY, Frame3d.CAMERA, Skeleton3dView.Viewpoint.SIDE, 190, 190);
    int count = 0;
    for (int y = 0; y < view.height(); y++) {
      for (int x = 0; x < view.width(); x++) {
        int rgb = view.rgb(x, y);
        count += Math.max((rgb >> 16) & 0xff, (rgb >> 8) & 0xff) > 120 ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void somebodyWithoutDepthIsRefused() {
    int size = Scenes.WHOLE_BODY.size();
    PersonPose flat =
        new PersonPose(new Box(0, 0, 1, 1), 1, new float[size][2], new float[0][], new float[size]);

    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Skeleton3dView(0.3f)
                .draw(
                    flat,
                    Scenes.WHOLE_BODY,
                    Frame3d.CAMERA,
                    Skeleton3dView.Viewpoint.SIDE,
                    100,
                    100));
  }

  /** Pixels that are clearly green, however lit. */
  private static int countGreen(Image image) {
    int count = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int seen = image.rgb(x, y);
        int green = (seen >> 8) & 0xff;
        int other = Math.max(seen >> 16, seen & 0xff);
        count += green > 120 && green > 2 * other ? 1 : 0;
      }
    }
    return count;
  }
}
