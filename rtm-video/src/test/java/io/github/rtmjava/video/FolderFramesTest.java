package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFramesTest {
  @TempDir private Path dir = Path.of("");

  private void save(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Images.write(Pictures.noise(32, 24, i), dir.resolve("frame_%d.png".formatted(i)));
    }
  }

  private VideoReader open(VideoOptions options) throws IOException {
    return VideoReader.open(new VideoSource.Folder(dir, 10), options);
  }

  @Test
  void picturesComeByTheirNumbers() throws IOException {
    save(12);
    try (VideoReader video = open(VideoOptions.all())) {
      assertEquals(12, video.info().frames());
      assertEquals(1.2, video.info().duration(), 1e-9);
      List<VideoFrame> frames = video.frames().toList();
      assertEquals(12, frames.size());
      for (int i = 0; i < 12; i++) {
        assertEquals(i, frames.get(i).index());
        assertEquals(i / 10.0, frames.get(i).time(), 1e-9);
        assertArrayEquals(Pictures.noise(32, 24, i).bgr(), frames.get(i).image().bgr());
      }
    }
  }

  @Test
  void aPartOfThem() throws IOException {
    save(12);
    VideoOptions part = VideoOptions.all().withStart(0.3).withEnd(1).withStride(3);
    try (VideoReader video = open(part)) {
      assertEquals(List.of(3L, 6L, 9L), video.frames().map(VideoFrame::index).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
        "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
        "\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e\u096f"
      })
  void digitsOfAnyScriptAreNumbers(String digits) throws IOException {
    for (int i = 0; i < 12; i++) {
      StringBuilder name = new StringBuilder();
      String.valueOf(i).chars().forEach(digit -> name.append(digits.charAt(digit - '0')));
      Images.write(Pictures.noise(32, 24, i), dir.resolve(name + ".png"));
    }
    try (VideoReader video = open(VideoOptions.all())) {
      List<VideoFrame> frames = video.frames().toList();
      assertEquals(12, frames.size());
      for (int i = 0; i < 12; i++) {
        assertArrayEquals(Pictures.noise(32, 24, i).bgr(), frames.get(i).image().bgr());
      }
    }
  }

  @Test
  void missingNumbersAreSaid() {
    assertEquals(
        Optional.of(
            "30 of the numbers from 1 to 36 are missing; the pictures are taken one right after the"
                + " other"),
        FrameNames.missing(
            List.of("f_01.png", "f_04.png", "f_09.png", "f_16.png", "f_25.png", "f_36.png")));
    assertTrue(FrameNames.missing(List.of("\uff11.png", "\uff13.png")).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.png 2.png 3.png",
        "a.png b.png",
        "a1.png b3.png",
        "x.png",
        "1.png 1700000000.png",
        "1_2.png 2_5.png",
        "9.png 10.png"
      })
  void otherNamesSayNothing(String names) {
    assertEquals(Optional.empty(), FrameNames.missing(List.of(names.split(" ", -1))));
  }

  @Test
  void damagedAndOtherSizesAreLeftOutAndNamed() throws IOException {
    save(4);
    Files.write(dir.resolve("frame_1.png"), new byte[] {1, 2, 3});
    Images.write(Pictures.noise(24, 32, 9), dir.resolve("frame_2.png"));
    try (VideoReader video = open(VideoOptions.all())) {
      assertEquals(List.of(0L, 3L), video.frames().map(VideoFrame::index).toList());
      assertEquals(2, video.problems().size());
      assertTrue(video.problems().get(1).contains("expected a picture of 32 x 24"));
    }
  }

  @Test
  void aFolderWithoutPicturesIsRefused() throws IOException {
    Files.writeString(dir.resolve("notes.txt"), "nothing");
    assertThrows(VideoException.class, () -> open(VideoOptions.all()));
  }

  @Test
  void numbersOrderNames() {
    List<String> names = List.of("a", "a2", "a10", "a10b", "b1");
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        assertEquals(
            Integer.compare(i, j),
            Integer.signum(FrameNames.ORDER.compare(names.get(i), names.get(j))));
      }
    }
    assertTrue(FrameNames.ORDER.compare("a02", "a2") != 0);
  }
}
