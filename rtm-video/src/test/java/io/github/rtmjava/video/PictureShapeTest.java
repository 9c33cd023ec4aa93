package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of the four quarters of made clips. */
class PictureShapeTest {
  @TempDir private Path dir = Path.of("");

  private Clip clip() {
    return new Clip(dir.resolve("clip.mkv"));
  }

  private Clip movie() {
    return new Clip(dir.resolve("clip.mp4")).codec("mpeg4");
  }

  @Test
  void standardColoursAreThoseOfTheirMatrix() throws IOException {
    assertQuarters(
        clip().colours(avutil.AVCOL_SPC_SMPTE170M, false), 64, 48, "red green blue grey");
    assertQuarters(clip().colours(avutil.AVCOL_SPC_BT709, false), 64, 48, "red green blue grey");
  }

  @Test
  void fullRangeIsNotStretched() throws IOException {
    assertQuarters(clip().colours(avutil.AVCOL_SPC_BT709, true), 64, 48, "red green blue grey");
    assertQuarters(clip().colours(avutil.AVCOL_SPC_SMPTE170M, true), 64, 48, "red green blue grey");
  }

  @Test
  void withoutAMatrixSmallPicturesAreOfStandardDefinition() throws IOException {
    assertQuarters(clip(), 64, 48, "red green blue grey");
  }

  @Test
  void tenBitsBecomeEight() throws IOException {
    for (int format :
        List.of(
            avutil.AV_PIX_FMT_YUV420P10,
            avutil.AV_PIX_FMT_YUV422P10,
            avutil.AV_PIX_FMT_YUV444P12)) {
      assertQuarters(
          clip().format(format).colours(avutil.AVCOL_SPC_BT709, false),
          64,
          48,
          "red green blue grey");
    }
  }

  @Test
  void oddSizesStay() throws IOException {
    assertQuarters(clip().size(63, 47), 63, 47, "red green blue grey");
    assertQuarters(
        clip().size(35, 48).format(avutil.AV_PIX_FMT_YUV444P), 35, 48, "red green blue grey");
    assertQuarters(clip().size(66, 31), 66, 31, "red green blue grey");
  }

  @Test
  void aQuarterTurnIsUndone() throws IOException {
    assertQuarters(movie().display(0, 1, -1, 0), 48, 64, "blue red grey green");
    assertEquals(90, Sample.info(dir.resolve("clip.mp4")).rotation());
  }

  @Test
  void halfATurnIsUndone() throws IOException {
    assertQuarters(movie().display(-1, 0, 0, -1), 64, 48, "grey blue green red");
    assertEquals(180, Sample.info(dir.resolve("clip.mp4")).rotation());
  }

  @Test
  void threeQuartersOfATurnAreUndone() throws IOException {
    assertQuarters(movie().display(0, -1, 1, 0), 48, 64, "green grey red blue");
    assertEquals(270, Sample.info(dir.resolve("clip.mp4")).rotation());
  }

  @Test
  void aTurnOfOddSizes() throws IOException {
    assertQuarters(movie().size(70, 46).display(0, 1, -1, 0), 46, 70, "blue red grey green");
  }

  @Test
  void widePixelsWidenThePicture() throws IOException {
    assertQuarters(clip().pixel(4, 3), 85, 48, "red green blue grey");
  }

  @Test
  void narrowPixelsNarrowThePicture() throws IOException {
    assertQuarters(clip().pixel(1, 2), 32, 48, "red green blue grey");
  }

  @Test
  void widePixelsOfATurnedPictureMakeItHigher() throws IOException {
    assertQuarters(movie().pixel(4, 3).display(0, 1, -1, 0), 48, 85, "blue red grey green");
  }

  @Test
  void absurdPixelsAreLeftAlone() throws IOException {
    assertQuarters(clip().pixel(1, 200), 64, 48, "red green blue grey");
  }

  private static void assertQuarters(Clip clip, int width, int height, String expected)
      throws IOException {
    Path file = clip.write();
    VideoInfo info = Sample.info(file);
    assertEquals(width, info.width());
    assertEquals(height, info.height());
    Image image = Sample.read(file).get(2).image();
    assertEquals(width, image.width());
    assertEquals(height, image.height());
    String[] names = expected.split(" ", -1);
    for (int quarter = 0; quarter < names.length; quarter++) {
      int x = width / 4 + quarter % 2 * (width / 2);
      int y = height / 4 + quarter / 2 * (height / 2);
      assertColour(names[quarter], image.rgb(x, y));
    }
  }

  private static void assertColour(String name, int found) {
    int wanted =
        switch (name) {
          case "red" -> Clip.RED;
          case "green" -> Clip.GREEN;
          case "blue" -> Clip.BLUE;
          default -> Clip.GREY;
        };
    for (int shift = 0; shift <= 16; shift += 8) {
      int difference = (wanted >> shift & 0xff) - (found >> shift & 0xff);
      assertTrue(
          Math.abs(difference) <= 4,
          () -> "expected %s %06x, found %06x".formatted(name, wanted, found));
    }
  }
}
