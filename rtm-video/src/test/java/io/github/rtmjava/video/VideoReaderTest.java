package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoReaderTest {
  @TempDir private Path dir = Path.of("");

  @Test
  void saysWhatItReads() throws IOException {
    VideoInfo info = Sample.info(Sample.CLIP);
    assertEquals(480, info.width());
    assertEquals(640, info.height());
    assertEquals(Sample.RATE, info.frameRate(), 1e-9);
    assertEquals(240, info.frames());
    assertEquals(8.008, info.duration(), 1e-6);
    assertEquals("h264", info.videoCodec());
    assertEquals(0, info.rotation());
    assertTrue(!info.live() && !info.hasAudio());
  }

  @Test
  void givesEveryFrameAtItsTime() throws IOException {
    try (VideoReader video =
        VideoReader.open(VideoSource.of(Sample.CLIP.toString()), VideoOptions.all())) {
      List<VideoFrame> frames = video.frames().toList();
      assertEquals(240, frames.size());
      for (int i = 0; i < frames.size(); i++) {
        assertEquals(i, frames.get(i).index());
        assertEquals(i / Sample.RATE, frames.get(i).time(), 1e-4);
        assertEquals(480, frames.get(i).image().width());
      }
      assertEquals(List.of(), video.problems());
    }
  }

  @Test
  void startsAtATimeWithTheSameFrames() throws IOException {
    List<VideoFrame> all = Sample.read(Sample.CLIP);
    double start = all.get(100).time();
    List<VideoFrame> late =
        Sample.read(Sample.CLIP, VideoOptions.all().withStart(start).withThreads(1));
    assertEquals(140, late.size());
    assertEquals(100, late.get(0).index());
    assertEquals(start, late.get(0).time(), 1e-9);
    assertArrayEquals(all.get(100).image().bgr(), late.get(0).image().bgr());
    assertArrayEquals(all.get(239).image().bgr(), late.get(139).image().bgr());
  }

  @Test
  void startsInFormatsWithoutAnIndexToo() throws IOException {
    double[] times = LongStream.range(0, 50).mapToDouble(i -> i / 25.0).toArray();
    for (String name : List.of("a.mkv", "a.avi", "a.ts", "a.mp4")) {
      Path file = new Clip(dir.resolve(name)).codec("mpeg4").times(times).write();
      List<VideoFrame> late = Sample.read(file, VideoOptions.all().withStart(1.2));
      assertEquals(30, late.get(0).index(), name);
      assertEquals(1.2, late.get(0).time(), 1e-3, name);
      assertEquals(20, late.size(), name);
    }
  }

  @Test
  void endsBeforeATime() throws IOException {
    List<VideoFrame> frames = Sample.read(Sample.CLIP, VideoOptions.all().withEnd(1));
    assertEquals(30, frames.size());
    assertTrue(frames.get(29).time() < 1);
  }

  @Test
  void givesEverySoManyth() throws IOException {
    List<VideoFrame> frames =
        Sample.read(Sample.CLIP, VideoOptions.all().withStart(1).withStride(7).withMaxFrames(4));
    assertEquals(List.of(30L, 37L, 44L, 51L), frames.stream().map(VideoFrame::index).toList());
  }

  @Test
  void aStartBehindTheEndGivesNothing() throws IOException {
    assertEquals(List.of(), Sample.read(Sample.CLIP, VideoOptions.all().withStart(100)));
  }

  @Test
  void oneThreadGivesTheSamePictures() throws IOException {
    List<VideoFrame> one =
        Sample.read(Sample.CLIP, VideoOptions.all().withThreads(1).withMaxFrames(20));
    List<VideoFrame> many =
        Sample.read(Sample.CLIP, VideoOptions.all().withThreads(4).withMaxFrames(20));
    assertArrayEquals(one.get(19).image().bgr(), many.get(19).image().bgr());
  }

  @Test
  void nothingComesAfterClosing() throws IOException {
    VideoReader video =
        VideoReader.open(VideoSource.of(Sample.CLIP.toString()), VideoOptions.all());
    assertTrue(video.read().isPresent());
    video.close();
    assertTrue(video.read().isEmpty());
    assertEquals(List.of(), video.problems());
    video.close();
  }

  @Test
  void everyStartGivesTheFramesFromThereOn() throws IOException {
    for (int first : new int[] {1, 11, 12, 13, 47, 48, 49, 120, 238, 239}) {
      List<VideoFrame> late =
          Sample.read(
              Sample.CLIP, VideoOptions.all().withStart(first / Sample.RATE).withMaxFrames(2));
      assertEquals(first, late.get(0).index());
      assertEquals(first / Sample.RATE, late.get(0).time(), 1e-4);
    }
  }

  @Test
  void startsAmongReorderedFrames() throws IOException {
    double[] times = LongStream.range(0, 50).mapToDouble(i -> i / 25.0).toArray();
    for (String name : List.of("b.mp4", "b.mkv")) {
      Path file = new Clip(dir.resolve(name)).codec("mpeg4").reordered().times(times).write();
      for (int first = 1; first < 50; first++) {
        List<VideoFrame> late = Sample.read(file, VideoOptions.all().withStart(times[first]));
        assertEquals(first, late.get(0).index(), name);
        assertEquals(times[first], late.get(0).time(), 1e-3, name);
        assertEquals(50 - first, late.size(), name);
      }
    }
  }

  @Test
  void aLongLastFrameIsNoMissingEnd() throws IOException {
    Path file = new Clip(dir.resolve("a.mp4")).codec("mpeg4").times(0, 0.1, 4, 9).write();
    try (VideoReader video =
        VideoReader.open(VideoSource.of(file.toString()), VideoOptions.all())) {
      assertEquals(4, video.frames().count());
      assertEquals(List.of(), video.problems());
    }
  }

  @Test
  void keepsAChangingRate() throws IOException {
    double[] times = {0, 0.1, 0.15, 0.5, 0.52, 2};
    Path file = new Clip(dir.resolve("a.mp4")).codec("mpeg4").times(times).write();
    assertArrayEquals(
        times, Sample.read(file).stream().mapToDouble(VideoFrame::time).toArray(), 1e-4);
  }
}
