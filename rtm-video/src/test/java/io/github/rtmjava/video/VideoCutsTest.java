package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts, put together again, are the whole: every picture once, with its index and time. */
class VideoCutsTest {
  private static final VideoOptions ALL = VideoOptions.all().withThreads(1);

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"clip_00", "clip_01", "clip_02"})
  void sharedClips(String name) throws IOException {
    assertWhole(SharedData.path("clips/" + name + ".mp4"), ALL, new VideoCuts(2, info -> 8, 0), 2);
  }

  @ParameterizedTest
  @CsvSource({"mpeg4,b.mp4", "mpeg4,b.mkv", "mpeg2video,b.mkv", "mpeg2video,b.mp4"})
  void reorderedFramesAndOpenGroups(String codec, String name) throws IOException {
    double[] times = LongStream.range(0, 70).mapToDouble(i -> i / 25.0).toArray();
    Path file = clip(name, codec).reordered().times(times).write();
    assertWhole(file, ALL, new VideoCuts(0.4, info -> 1, 0), 3);
    assertWhole(file, ALL, new VideoCuts(0.4, info -> 4, 6), 3);
    assertWhole(file, ALL.withStride(3), new VideoCuts(0.4, info -> 2, 0), 2);
    assertWhole(file, ALL.withStart(0.5).withEnd(2.2), new VideoCuts(0.4, info -> 8, 8), 2);
    assertWhole(file, ALL.withMaxFrames(33), new VideoCuts(0.4, info -> 8, 0), 2);
  }

  @Test
  void changingRate() throws IOException {
    double[] times = new double[60];
    for (int i = 1; i < times.length; i++) {
      times[i] = times[i - 1] + (i % 7 == 0 ? 0.5 : 0.01 * (1 + i % 3));
    }
    assertWhole(
        clip("a.mp4", "mpeg4").reordered().times(times).write(),
        ALL,
        new VideoCuts(0.4, info -> 5, 0),
        2);
  }

  @Test
  void whatCannotBeCutExactlyStaysWhole() throws IOException {
    double[] times = LongStream.range(0, 70).mapToDouble(i -> i / 25.0).toArray();
    VideoCuts cuts = new VideoCuts(0.4, info -> 1, 0);
    Path stream = clip("a.ts", "mpeg2video").times(times).write();
    assertWhole(stream, ALL, cuts, 1);
    Path file = clip("a.mkv", "mpeg4").times(times).write();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertWhole(file, ALL, cuts, 1);
    assertWhole(clip("b.mp4", "mpeg4").times(0, 0.04).write(), ALL, cuts, 1);
  }

  @Test
  void whatIsStoredElsewhere() throws IOException {
    Path path = SharedData.path("clips/clip_02.mp4");
    List<SeekableByteChannel> opened = new ArrayList<>();
    VideoSource stored =
        new VideoSource.Stored(
            "store://clip_02.mp4",
            () -> {
              opened.add(Files.newByteChannel(path));
              return opened.get(opened.size() - 1);
            });
    VideoOptions few = ALL.withStart(4).withMaxFrames(120);
    assertWhole(path, stored, few, new VideoCuts(1, info -> 8, 0), 2);
    assertTrue(opened.size() > 2);
    assertTrue(opened.stream().noneMatch(SeekableByteChannel::isOpen));

    Path text = Files.writeString(dir.resolve("text.mp4"), "no video");
    VideoSource none = new VideoSource.Stored("none", () -> Files.newByteChannel(text));
    assertThrows(VideoException.class, () -> VideoReader.open(none, ALL));
    VideoSource broken =
        new VideoSource.Stored(
            "broken",
            () -> {
              throw new IOException("no store");
            });
    VideoException refused =
        assertThrows(VideoException.class, () -> VideoReader.open(broken, ALL));
    assertTrue(refused.getMessage().contains("(no store)"), refused.getMessage());
  }

  private Clip clip(String name, String codec) {
    return new Clip(dir.resolve(name)).codec(codec);
  }

  /**
   * Reads both.
   *
   * @param least parts that there must be at least; 1 for exactly one
   */
  private static void assertWhole(Path path, VideoOptions options, VideoCuts cuts, int least)
      throws IOException {
    assertWhole(path, new VideoSource.File(path), options, cuts, least);
  }

  private static void assertWhole(
      Path path, VideoSource file, VideoOptions options, VideoCuts cuts, int least)
      throws IOException {
    List<VideoFrame> whole = Sample.read(path, options);
    List<VideoPart> parts = cuts.of(file, options);
    assertTrue(least == 1 ? parts.size() == 1 : parts.size() >= least, "" + parts);
    int unit = cuts.unit().applyAsInt(Sample.info(path));
    List<VideoFrame> joined = new ArrayList<>();
    for (VideoPart part : parts) {
      try (VideoReader reader = VideoReader.open(file, part)) {
        List<VideoFrame> frames = reader.frames().toList();
        if (part.frames() >= 0) {
          assertEquals(part.frames(), frames.size() - part.lead(), "" + part);
          assertEquals(List.of(), reader.problems());
        }
        assertEquals(0, joined.size() % unit, "parts begin where groups begin");
        for (int i = 0; i < part.lead(); i++) {
          assertSame(joined.get(joined.size() - part.lead() + i), frames.get(i));
        }
        joined.addAll(frames.subList(part.lead(), frames.size()));
      }
    }
    assertEquals(whole.size(), joined.size());
    IntStream.range(0, whole.size()).forEach(i -> assertSame(whole.get(i), joined.get(i)));
  }

  private static void assertSame(VideoFrame expected, VideoFrame found) {
    assertEquals(expected.index(), found.index());
    assertEquals(expected.time(), found.time(), 0);
    assertArrayEquals(expected.image().bgr(), found.image().bgr());
  }
}
