package io.github.rtmjava.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CropGeometryTest {

  @Test
  void theCropHasTheInputsProportionsAndHoldsTheEnlargedBox() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1000; i++) {
      float x = (float) random.nextDouble(-50, 600);
      float y = (float) random.nextDouble(-50, 600);
      Box box =
          new Box(
              x, y, x + (float) random.nextDouble(1, 400), y + (float) random.nextDouble(1, 400));
      CropGeometry crop = CropGeometry.of(box, 288, 384);
      assertEquals(288.0 / 384, crop.scaleX() / crop.scaleY(), 1e-5);
      assertTrue(crop.scaleX() >= 1.2499f * box.width());
      assertTrue(crop.scaleY() >= 1.2499f * box.height());
      assertEquals((box.x1() + box.x2()) / 2, crop.imageX(144), 1e-2);
      assertEquals((box.y1() + box.y2()) / 2, crop.imageY(192), 1e-2);
    }
  }

  @Test
  void aWidePictureLiesInTheMiddleBetweenTwoBars() {
    CropGeometry crop = CropGeometry.whole(200, 100, 64, 64);
    assertEquals(0, crop.imageX(0), 1e-4);
    assertEquals(200, crop.imageX(64), 1e-4);
    assertEquals(0, crop.imageY(16), 1e-4);
    assertEquals(100, crop.imageY(48), 1e-4);
  }

  @Test
  void aTallPictureLiesInTheMiddleBetweenTwoPillars() {
    CropGeometry crop = CropGeometry.whole(100, 300, 96, 96);
    assertEquals(0, crop.imageX(32), 1e-4);
    assertEquals(100, crop.imageX(64), 1e-4);
    assertEquals(0, crop.imageY(0), 1e-4);
    assertEquals(300, crop.imageY(96), 1e-4);
  }

  @Test
  void theCropsCornersLieAtItsEdges() {
    CropGeometry crop = CropGeometry.of(new Box(100, 100, 200, 300), 96, 128);
    assertEquals(150 - crop.scaleX() / 2, crop.imageX(0), 1e-3);
    assertEquals(150 + crop.scaleX() / 2, crop.imageX(96), 1e-3);
    assertEquals(200 + crop.scaleY() / 2, crop.imageY(128), 1e-3);
  }
}
