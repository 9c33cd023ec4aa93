package io.github.rtmjava.output.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.window.ImageWindow;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosterTest {
  @Test
  void theOverlayStandsInThePlaceOfThePicture() {
    PoseResult result = OverlayTest.spread(0.9f);
    Image overlay = new Overlay(DrawOptions.of(0.3f)).draw(OverlayTest.grey(), result);

    Image poster = new Poster(DrawOptions.of(0.3f)).compose(OverlayTest.grey(), result);

    for (int y = 0; y < overlay.height(); y++) {
      for (int x = 0; x < overlay.width() - 1; x++) {
        assertEquals(overlay.rgb(x, y), poster.rgb(x, y));
      }
    }
    assertTrue(poster.width() > overlay.width());
  }

  @Test
  void withoutPeopleItIsThePicture() {
    PoseResult nobody = Scenes.result(200, 200, List.of());

    Image poster = new Poster(DrawOptions.of(0.3f)).compose(OverlayTest.grey(), nobody);

    assertArrayEquals(OverlayTest.grey().bgr(), poster.bgr());
  }

  @Test
  void withoutDepthItIsTheOverlay() {
    int size = Scenes.WHOLE_BODY.size();
    PersonPose flat =
        new PersonPose(
            new Box(10, 10, 50, 90), 1, new float[size][2], new float[0][], new float[size]);

    Image poster =
        new Poster(DrawOptions.of(0.3f))
            .compose(OverlayTest.grey(), Scenes.result(200, 200, List.of(flat)));

    assertEquals(200, poster.width());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30, 100})
  void thereIsRoomForEverybody(int people) {
    PersonPose one = OverlayTest.spread(0.9f).persons().get(0);
    PoseResult crowd = Scenes.result(200, 200, Collections.nCopies(people, one));

    Image poster = new Poster(DrawOptions.of(0.3f)).compose(OverlayTest.grey(), crowd);

    assertTrue(poster.height() >= 200);
    assertTrue(poster.width() > 200);
  }

  @Test
  void largePicturesAreShrunk() {
    Image wide = Image.ofBgr(6000, 10, new byte[6000 * 10 * 3]);

    Image poster =
        new Poster(DrawOptions.of(0.3f)).compose(wide, Scenes.result(6000, 10, List.of()));

    assertEquals(Poster.MAX_SIDE, poster.width());
  }

  @Test
  void scenesAreDrawn() throws IOException {
    Image scene = Images.read(SharedData.path("scenes/scene_00.png"));
    PoseResult result = Scenes.read(SharedData.path("scenes/scene_00.json"));

    Image poster = new Poster(DrawOptions.of(0.3f)).compose(scene, result);

    float[] shoulder = result.persons().get(0).keypoints()[5];
    assertFalse(
        scene.rgb(Math.round(shoulder[0]), Math.round(shoulder[1]))
            == poster.rgb(Math.round(shoulder[0]), Math.round(shoulder[1])));
  }

  @Test
  void withoutADisplayNoWindowOpens() {
    assertFalse(ImageWindow.show(OverlayTest.grey(), "none"));
  }
}
