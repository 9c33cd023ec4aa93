package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory stays where it is, however many videos are read and written; the long run: {@code -Psoak}.
 */
class SoakTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void keepsItsMemoryOverAFewVideos() throws IOException {
    run(20, 40);
  }

  @Test
  @Tag("soak")
  void keepsItsMemoryOverManyVideos() throws IOException {
    run(300, 40);
  }

  /** Compares the process after a quarter of the videos, when code has settled, and after all. */
  private void run(int videos, int allowedMiB) throws IOException {
    long settled = 0;
    for (int i = 0; i < videos; i++) {
      copy(i % 2 == 0);
      if (i == videos / 4) {
        settled = residentKiB();
      }
    }
    long grown = (residentKiB() - settled) / 1024;
    assertTrue(grown <= allowedMiB, () -> "resident memory grew by " + grown + " MiB");
  }

  /** Decodes the clip, writes a little of it, and opens what is no video. */
  private void copy(boolean finish) throws IOException {
    try (VideoReader in =
            VideoReader.open(
                new VideoSource.File(Sample.CLIP),
                VideoOptions.all().withThreads(2).withStride(40));
        VideoWriter out =
            VideoWriter.open(
                dir.resolve("copy.mp4"), 480, 640, WriterOptions.of(Sample.RATE).withThreads(1))) {
      for (VideoFrame frame : (Iterable<VideoFrame>) in.frames()::iterator) {
        out.write(frame.image(), frame.time());
      }
      if (finish) {
        out.finish();
      }
    }
    try (VideoReader none =
        VideoReader.open(new VideoSource.File(Path.of("pom.xml")), VideoOptions.all())) {
      throw new AssertionError(none.info());
    } catch (VideoException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("pom.xml"));
    }
  }

  private static long residentKiB() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "skipped: no /proc here");
    System.gc();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
