package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.CropGeometry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures whose longer side is more than what OpenCV counts in 16 bits. */
class LargePictureTest {
  private static final int LONG = Images.MAX_SIDE;
  private static final int SHORT = 120;

  @ParameterizedTest
  @CsvSource({"100", "32700", "40000", "65400", "65530", "-20"})
  void cropsAreThoseOfTheSamePixelsInASmallPicture(int at) {
    int from = Math.max(0, Math.min(at - 200, LONG - 400));
    CropGeometry wide = new CropGeometry(at, 60, 90, 120, 24, 32);
    CropGeometry narrow = new CropGeometry(at - from, 60, 90, 120, 24, 32);
    try (Cropper large = Cropper.of(picture(0, LONG, true), 114);
        Cropper small = Cropper.of(picture(from, 400, true), 114)) {
      assertTrue(
          Pixels.maxDifference(small.crop(narrow).bgr(), large.crop(wide).bgr()) <= 1,
          "another crop at " + at);
    }
  }

  @ParameterizedTest
  @CsvSource({"100", "40000", "65400"})
  void cropsOfTallPicturesLikewise(int at) {
    int from = Math.max(0, Math.min(at - 200, LONG - 400));
    CropGeometry tall = new CropGeometry(60, at, 90, 120, 24, 32);
    CropGeometry low = new CropGeometry(60, at - from, 90, 120, 24, 32);
    try (Cropper large = Cropper.of(picture(0, LONG, false));
        Cropper small = Cropper.of(picture(from, 400, false))) {
      assertTrue(Pixels.maxDifference(small.crop(low).bgr(), large.crop(tall).bgr()) <= 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCropOfTheWholePictureShowsItsMiddle(boolean wide) {
    Image image = picture(0, LONG, wide);
    CropGeometry whole = CropGeometry.whole(image.width(), image.height(), 256, 256);
    try (Cropper cropper = Cropper.of(image, 114)) {
      Image crop = cropper.crop(whole);
      assertEquals(level(LONG / 2), crop.rgb(128, 128) & 0xff, 3);
      assertEquals(0x727272, wide ? crop.rgb(128, 10) : crop.rgb(10, 128));
    }
  }

  @Test
  void aCropBesideThePictureIsEmpty() {
    try (Cropper cropper = Cropper.of(picture(0, LONG, true), 114)) {
      byte[] crop = cropper.crop(new CropGeometry(70_000, 60, 90, 120, 3, 4)).bgr();
      byte[] grey = new byte[36];
      Arrays.fill(grey, (byte) 114);
      assertArrayEquals(grey, crop);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theDetectorSeesAllOfIt(boolean wide) {
    Image image = picture(0, LONG, wide);
    Letterbox box = Letterbox.of(image.width(), image.height(), 640, 640);
    Image canvas = box.apply(image);
    int middle = wide ? canvas.rgb(320, 0) : canvas.rgb(0, 320);
    assertEquals(level((int) (320.5 * LONG / 640)), middle & 0xff, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void drawingReachesTheFarEnd(boolean wide) {
    Image image = picture(0, LONG, wide);
    int far = LONG - 100;
    try (Canvas canvas = Canvas.of(image)) {
      canvas.circle(wide ? far : 60, wide ? 60 : far, 8, 0xff0000);
      canvas.line(
          wide ? 35_000 : 20, wide ? 20 : 35_000, wide ? far : 20, wide ? 20 : far, 0xff00, 3);
      canvas.text("A", wide ? far + 20 : 80, wide ? 80 : far + 20, 20, 0xff);
      Image drawn = canvas.toImage();
      assertEquals(0xff0000, wide ? drawn.rgb(far, 60) : drawn.rgb(60, far));
      assertEquals(0xff00, wide ? drawn.rgb(50_000, 20) : drawn.rgb(20, 50_000));
    }
  }

  /** The same level over the short side; over the long one it goes slowly up and down. */
  private static Image picture(int from, int length, boolean wide) {
    byte[] bgr = new byte[length * SHORT * 3];
    for (int i = 0; i < length; i++) {
      byte level = (byte) level(from + i);
      for (int k = 0; k < SHORT; k++) {
        int at = 3 * (wide ? k * length + i : i * SHORT + k);
        bgr[at] = level;
        bgr[at + 1] = level;
        bgr[at + 2] = level;
      }
    }
    return wide ? Image.owning(length, SHORT, bgr) : Image.owning(SHORT, length, bgr);
  }

  private static int level(int at) {
    return (int) Math.round(127 + 100 * Math.sin(at / 700.0));
  }
}
