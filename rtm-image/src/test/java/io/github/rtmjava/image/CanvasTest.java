package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;

  @Test
  void aPictureComesBackUnchanged() {
    try (Canvas canvas = Canvas.of(Samples.picture())) {
      assertArrayEquals(Samples.picture().bgr(), canvas.toImage().bgr());
    }
  }

  @Test
  void linesHaveTheirColourAndThickness() {
    try (Canvas canvas = Canvas.blank(40, 30, 0)) {
      canvas.line(5, 15, 35, 15, RED, 6);
      Image image = canvas.toImage();

      assertEquals(RED, image.rgb(20, 15));
      assertEquals(RED, image.rgb(20, 13));
      assertEquals(0, image.rgb(20, 10));
    }
  }

  @Test
  void edgesAreSmooth() {
    try (Canvas canvas = Canvas.blank(40, 30, 0)) {
      canvas.circle(20, 15, 8.5, GREEN);
      Image image = canvas.toImage();
      long between =
          IntStream.range(0, 40)
              .map(x -> image.rgb(x, 9) >> 8)
              .filter(g -> g > 0 && g < 255)
              .count();

      assertTrue(between > 0);
    }
  }

  @Test
  void blendingCoversByItsOpacity() {
    try (Canvas canvas = Canvas.blank(10, 10, 0x000000)) {
      canvas.blend(0.5, layer -> layer.fill(-5, -5, 20, 20, 0xc86432));

      assertEquals(0x643219, canvas.toImage().rgb(5, 5));
    }
  }

  @Test
  void whatLiesOutsideIsCutOff() {
    try (Canvas canvas = Canvas.blank(10, 10, 0)) {
      canvas.line(-1e9, 5, 1e9, 5, RED, 2);
      canvas.circle(Double.NaN, 5, 3, RED);
      canvas.line(-500, 5, 500, 5, GREEN, 2);

      assertEquals(GREEN, canvas.toImage().rgb(5, 5));
    }
  }

  @Test
  void textIsAsWideAsItSays() {
    double width = Canvas.textWidth("person 0.98", 12);
    try (Canvas canvas = Canvas.blank(200, 30, 0)) {
      canvas.text("person 0.98", 10, 20, 12, RED);

      assertEquals(10 + width, lastColumn(canvas.toImage()), 4);
    }
  }

  @Test
  void textIsDrawnWithoutFontsToo() {
    double width = StrokedText.width("person 0.98", 12);
    try (Canvas canvas = Canvas.blank(200, 30, 0)) {
      try (Mat mat = OpenCv.upload(canvas.toImage())) {
        StrokedText.draw(mat, "person 0.98", 10, 20, 12, RED);

        assertEquals(10 + width, lastColumn(OpenCv.download(mat)), 4);
      }
    }
  }

  @Test
  void textKnowsMoreThanAscii() {
    assumeTrue(Letters.of("a", 12) != null, "skipped: Java has no fonts here");
    assertTrue(Canvas.textWidth("äöü", 12) > 0);
    assertNotEquals(Canvas.textWidth("???", 12), Canvas.textWidth("äöü", 12));
  }

  @Test
  void textAtTheEdgeIsCutOff() {
    try (Canvas canvas = Canvas.blank(10, 10, 0)) {
      canvas.text("M", -4, 3, 12, RED);
      canvas.text("M", 6, 14, 12, RED);
      canvas.text("M", 400, 400, 12, RED);

      assertTrue(lastColumn(canvas.toImage()) > 0);
    }
  }

  private static int lastColumn(Image image) {
    int last = 0;
    for (int x = 0; x < image.width(); x++) {
      for (int y = 0; y < image.height(); y++) {
        last = image.rgb(x, y) == 0 ? last : x;
      }
    }
    return last;
  }

  @Test
  void oneCanvasIsDrawnOnAnother() {
    try (Canvas canvas = Canvas.blank(10, 10, 0);
        Canvas small = Canvas.blank(3, 2, RED)) {
      canvas.draw(small, 7, 8);
      Image image = canvas.toImage();

      assertEquals(RED, image.rgb(9, 9));
      assertEquals(0, image.rgb(6, 9));
      assertThrows(IllegalArgumentException.class, () -> canvas.draw(small, 8, 8));
    }
  }

  @Test
  void shrinkingAverages() {
    byte[] chess = new byte[2 * 2 * 3];
    Arrays.fill(chess, 0, 3, (byte) 200);
    Arrays.fill(chess, 9, 12, (byte) 200);
    try (Canvas canvas = Canvas.of(Image.ofBgr(2, 2, chess), 1, 1)) {
      assertEquals(0x646464, canvas.toImage().rgb(0, 0));
    }
  }
}
