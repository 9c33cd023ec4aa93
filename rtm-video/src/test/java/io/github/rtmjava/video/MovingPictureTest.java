package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.MatPictures;
import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GIF, PNG and WebP pictures that move. */
@Timeout(120)
class MovingPictureTest {
  private static final int[] MILLIS = {40, 200, 100, 60};

  @TempDir private Path dir = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"gif", "png", "webp"})
  void everyFrameComesAtItsTime(String ending) throws IOException {
    Path file = write(ending);
    try (VideoReader video =
        VideoReader.open(VideoSource.of(file.toString()), VideoOptions.all())) {
      assertEquals(64, video.info().width());
      List<VideoFrame> frames = video.frames().toList();
      assertEquals(MILLIS.length, frames.size());
      double time = 0;
      for (int i = 0; i < MILLIS.length; i++) {
        assertEquals(time, frames.get(i).time(), 1e-6);
        assertEquals(level(i), frames.get(i).image().rgb(20, 20) & 0xff, 8);
        time += MILLIS[i] / 1000.0;
      }
      assertEquals(List.of(), video.problems());
    }
  }

  @Test
  void aPartOfAMovingWebp() throws IOException {
    VideoOptions part = VideoOptions.all().withStart(0.03).withStride(2);
    try (VideoReader video = VideoReader.open(new VideoSource.File(write("webp")), part)) {
      assertEquals(List.of(1L, 3L), video.frames().map(VideoFrame::index).toList());
    }
  }

  @Test
  void aDamagedWebpNeverEndsBadly() throws IOException {
    byte[] file = Files.readAllBytes(write("webp"));
    Path cut = dir.resolve("cut.webp");
    for (int length = 0; length < file.length; length += 5) {
      Files.write(cut, Arrays.copyOf(file, length));
      try (VideoReader video = VideoReader.open(new VideoSource.File(cut), VideoOptions.all())) {
        assertTrue(video.frames().count() <= MILLIS.length);
      } catch (VideoException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(cut.toString()), e.getMessage());
      }
    }
  }

  @Test
  void aPipeIsRefusedAtOnce() throws Exception {
    Path pipe = dir.resolve("pipe.mp4");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mkfifo"))
            && new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor() == 0);
    for (Path file : List.of(pipe, Path.of("/dev/zero"))) {
      VideoException e =
          assertThrows(
              VideoException.class,
              () -> VideoReader.open(new VideoSource.File(file), VideoOptions.all()));
      assertTrue(String.valueOf(e.getMessage()).contains("a pipe or a device"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:%s\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '%s'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"
      })
  void aFileNamesNoOtherOne(String content) throws IOException {
    for (String ending : List.of("mp4", "m3u8", "txt", "sdp")) {
      Path file = dir.resolve("stranger." + ending);
      Files.writeString(file, content.replace("%s", Sample.CLIP.toAbsolutePath().toString()));
      assertThrows(
          VideoException.class,
          () -> VideoReader.open(new VideoSource.File(file), VideoOptions.all()));
    }
  }

  @Test
  void anInterruptedThreadOpensNothing() {
    Thread.currentThread().interrupt();
    try {
      VideoException e =
          assertThrows(
              VideoException.class,
              () -> VideoReader.open(new VideoSource.File(Sample.CLIP), VideoOptions.all()));
      assertTrue(String.valueOf(e.getMessage()).contains("was stopped"), e.getMessage());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  private static int level(int frame) {
    return 85 * frame; // which the palette of a GIF has
  }

  private Path write(String ending) throws IOException {
    Path file = dir.resolve("moving." + ending);
    try (opencv_imgcodecs.Animation animation = new opencv_imgcodecs.Animation();
        MatVector frames = new MatVector();
        IntPointer durations = new IntPointer(MILLIS);
        IntPointer quality = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101)) {
      for (int i = 0; i < MILLIS.length; i++) {
        byte[] bgr = new byte[64 * 48 * 3];
        Arrays.fill(bgr, (byte) level(i));
        bgr[0] = (byte) (i + 1);
        Mat mat = MatPictures.toMat(Image.ofBgr(64, 48, bgr));
        frames.push_back(mat);
      }
      animation.frames(frames);
      animation.durations(durations);
      assertTrue(opencv_imgcodecs.imwriteanimation(file.toString(), animation, quality));
    }
    return file;
  }
}
