package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoWriterTest {
  @TempDir private Path dir = Path.of("");

  private Path write(int width, int height, WriterOptions options, double... times)
      throws IOException {
    Path file = dir.resolve("out.mp4");
    try (VideoWriter out = VideoWriter.open(file, width, height, options)) {
      for (double time : times) {
        out.write(Pictures.plain(width, height, Clip.RED), time);
      }
      out.finish();
    }
    return file;
  }

  private static double[] even(int frames, double rate) {
    return IntStream.range(0, frames).mapToDouble(i -> i / rate).toArray();
  }

  @Test
  void writesH264WithAnEncoderOfTheFreeBuild() throws IOException {
    try (VideoWriter out = VideoWriter.open(dir.resolve("a.mp4"), 64, 48, WriterOptions.of(25))) {
      assertEquals("H.264 (libopenh264)", out.codec());
    }
    assertEquals("h264", Sample.info(write(64, 48, WriterOptions.of(25), 0, 1)).videoCodec());
  }

  @Test
  void takesWhatH264DoesNot() throws IOException {
    Path file = dir.resolve("large.mp4");
    try (VideoWriter out = VideoWriter.open(file, 4400, 2300, WriterOptions.of(25))) {
      assertEquals("MPEG-4 Part 2 (mpeg4)", out.codec());
      out.write(Pictures.plain(4400, 2300, Clip.BLUE), 0);
      out.finish();
    }
    assertNear(Clip.BLUE, Sample.read(file).get(0).image(), 6);
  }

  @Test
  void keepsTimes() throws IOException {
    double[] times = {0, 0.1, 0.1001, 0.5, 1 / 0.7, 3};
    List<VideoFrame> frames = Sample.read(write(64, 48, WriterOptions.of(25), times));
    assertArrayEquals(times, frames.stream().mapToDouble(VideoFrame::time).toArray(), 1e-5);
  }

  @Test
  void keepsTheRatesOfTelevision() throws IOException {
    for (double rate : new double[] {24_000 / 1001.0, 25, 30_000 / 1001.0, 60_000 / 1001.0}) {
      VideoInfo info = Sample.info(write(64, 48, WriterOptions.of(rate), even(50, rate)));
      assertEquals(rate, info.frameRate(), 1e-9);
      assertEquals(50, info.frames());
      assertEquals(50 / rate, info.duration(), 1e-5);
    }
  }

  @Test
  void beginsAtZero() throws IOException {
    List<VideoFrame> frames = Sample.read(write(64, 48, WriterOptions.of(25), 5, 5.5));
    assertEquals(0, frames.get(0).time());
    assertEquals(0.5, frames.get(1).time(), 1e-5);
  }

  @Test
  void oddSizesGrowByOne() throws IOException {
    Path file = write(63, 47, WriterOptions.of(25), 0, 1);
    VideoInfo info = Sample.info(file);
    assertEquals(64, info.width());
    assertEquals(48, info.height());
    assertNear(Clip.RED, Sample.read(file).get(0).image(), 6);
  }

  @Test
  void keepsColoursOfBothMatrices() throws IOException {
    for (int[] size : new int[][] {{320, 240}, {1280, 720}}) {
      for (int colour : new int[] {Clip.RED, Clip.GREEN, Clip.BLUE, Clip.GREY, 0, 0xffffff}) {
        Path file = dir.resolve("colour.mp4");
        try (VideoWriter out = VideoWriter.open(file, size[0], size[1], WriterOptions.of(25))) {
          out.write(Pictures.plain(size[0], size[1], colour), 0);
          out.finish();
        }
        assertNear(colour, Sample.read(file).get(0).image(), 6);
      }
    }
  }

  @Test
  void statesItsMatrixAndRange() throws IOException {
    assertMatrix(write(320, 240, WriterOptions.of(25), 0), avutil.AVCOL_SPC_SMPTE170M);
    assertMatrix(write(1280, 720, WriterOptions.of(25), 0), avutil.AVCOL_SPC_BT709);
  }

  private static void assertMatrix(Path file, int matrix) throws IOException {
    try (Patience patience = new Patience(java.time.Duration.ZERO);
        Demuxer demuxer = Demuxer.open(Input.of(new VideoSource.File(file)), patience)) {
      assertEquals(matrix, demuxer.video().codecpar().color_space());
      assertEquals(avutil.AVCOL_RANGE_MPEG, demuxer.video().codecpar().color_range());
    }
  }

  @Test
  void linesStayClean() throws IOException {
    Path file = dir.resolve("copy.mp4");
    List<VideoFrame> frames = Sample.read(Sample.CLIP, VideoOptions.all().withMaxFrames(30));
    try (VideoWriter out = VideoWriter.open(file, 480, 640, WriterOptions.of(Sample.RATE))) {
      for (VideoFrame frame : frames) {
        out.write(lined(frame.image()), frame.time());
      }
      out.finish();
    }
    List<VideoFrame> copies = Sample.read(file);
    for (int i = 0; i < frames.size(); i++) {
      double noise = noise(lined(frames.get(i).image()), copies.get(i).image());
      assertTrue(noise > 32, "frame %d at %.1f dB".formatted(i, noise));
    }
  }

  /** With white lines of two pixels, 24 apart: halving the colours alone costs all but 34 dB. */
  private static Image lined(Image image) {
    byte[] bgr = image.bgr();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if ((x + y) % 24 < 2) {
          java.util.Arrays.fill(
              bgr, 3 * (y * image.width() + x), 3 * (y * image.width() + x) + 3, (byte) 255);
        }
      }
    }
    return Image.owning(image.width(), image.height(), bgr);
  }

  /** Peak signal to noise, in dB. */
  private static double noise(Image one, Image other) {
    byte[] a = one.bgr();
    byte[] b = other.bgr();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (a[i] & 0xff) - (b[i] & 0xff);
      sum += difference * difference;
    }
    return 10 * Math.log10(255.0 * 255 * a.length / sum);
  }

  @Test
  void theIndexComesFirst() throws IOException {
    byte[] content = Files.readAllBytes(write(64, 48, WriterOptions.of(25), even(30, 25)));
    String text = new String(content, StandardCharsets.ISO_8859_1);
    assertTrue(text.indexOf("moov") > 0 && text.indexOf("moov") < text.indexOf("mdat"));
  }

  @Test
  void nothingIsLeftOfAnUnfinishedVideo() throws IOException {
    Path file = dir.resolve("sub/a.mp4");
    try (VideoWriter out = VideoWriter.open(file, 64, 48, WriterOptions.of(25))) {
      out.write(Pictures.plain(64, 48, Clip.RED), 0);
    }
    try (Stream<Path> left = Files.list(dir.resolve("sub"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void whatWasThereStaysUntilTheEnd() throws IOException {
    Path file = Files.writeString(dir.resolve("a.mp4"), "before");
    try (VideoWriter out = VideoWriter.open(file, 64, 48, WriterOptions.of(25))) {
      out.write(Pictures.plain(64, 48, Clip.RED), 0);
      assertEquals("before", Files.readString(file));
      out.finish();
    }
    assertEquals(1, Sample.read(file).size());
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    try (VideoWriter out = VideoWriter.open(dir.resolve("a.mp4"), 64, 48, WriterOptions.of(25))) {
      Image other = Pictures.plain(48, 64, Clip.RED);
      assertThrows(IllegalArgumentException.class, () -> out.write(other, 0));
      Image right = Pictures.plain(64, 48, Clip.RED);
      out.write(right, 1);
      assertThrows(IllegalArgumentException.class, () -> out.write(right, 1));
    }
  }

  @Test
  void copiesSound() throws IOException {
    Path source =
        new Clip(dir.resolve("source.mp4"))
            .codec("mpeg4")
            .times(even(75, 25))
            .sound("aac", 3)
            .write();
    List<Sound> all = sound(source);
    Path copy = write(64, 48, WriterOptions.of(25).withAudioOf(source), even(75, 25));
    assertEquals("aac", Sample.info(copy).audioCodec());
    assertEquals(75, Sample.read(copy).size());
    List<Sound> copied = sound(copy);
    assertEquals(all.size(), copied.size(), 2);
    for (int i = 0; i < copied.size(); i++) {
      assertEquals(all.get(i).time, copied.get(i).time, 1e-4);
      assertEquals(all.get(i).bytes, copied.get(i).bytes);
    }
  }

  @Test
  void cutsSoundWithThePictures() throws IOException {
    Path source =
        new Clip(dir.resolve("source.mp4"))
            .codec("mpeg4")
            .times(even(75, 25))
            .sound("aac", 3)
            .write();
    double[] middle = IntStream.range(25, 50).mapToDouble(i -> i / 25.0).toArray();
    List<Sound> copied = sound(write(64, 48, WriterOptions.of(25).withAudioOf(source), middle));
    assertEquals(0, copied.get(0).time, 0.05);
    assertEquals(1, copied.get(copied.size() - 1).time, 0.03);
    Sound first =
        sound(source).stream()
            .filter(packet -> packet.time > 1 - 2 * 1024 / 44100.0)
            .findFirst()
            .orElseThrow();
    assertEquals(first.bytes, copied.get(0).bytes);
  }

  @Test
  void aSourceWithoutSoundGivesNone() throws IOException {
    Path file = dir.resolve("a.mp4");
    WriterOptions options = WriterOptions.of(25).withAudioOf(Sample.CLIP);
    try (VideoWriter out = VideoWriter.open(file, 64, 48, options)) {
      assertFalse(out.hasAudio());
    }
  }

  @Test
  void soundThatDoesNotFitIsRefused() {
    Path source = new Clip(dir.resolve("source.mkv")).sound("wmav2", 1).write();
    WriterOptions options = WriterOptions.of(25).withAudioOf(source);
    VideoException e =
        assertThrows(
            VideoException.class, () -> VideoWriter.open(dir.resolve("a.mp4"), 64, 48, options));
    assertTrue(String.valueOf(e.getMessage()).contains("wmav2"), e.getMessage());
    assertFalse(Files.exists(dir.resolve("a.mp4")));
  }

  @Test
  void aFolderInTheWayIsRefused() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("folder"));
    assertThrows(IOException.class, () -> VideoWriter.open(folder, 64, 48, WriterOptions.of(25)));
  }

  private static void assertNear(int expected, Image image, int tolerance) {
    int found = image.rgb(image.width() - 1, image.height() - 1);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertEquals(
          expected >> shift & 0xff,
          found >> shift & 0xff,
          tolerance,
          () -> "%06x, %06x".formatted(expected, found));
    }
  }

  private record Sound(double time, int bytes) {}

  /** Times and sizes of the packets of a file's sound. */
  private static List<Sound> sound(Path file) throws IOException {
    List<Sound> packets = new java.util.ArrayList<>();
    try (Patience patience = new Patience(java.time.Duration.ZERO);
        Demuxer demuxer = Demuxer.open(Input.of(new VideoSource.File(file)), patience)) {
      AVStream stream = demuxer.followSound();
      double unit = avutil.av_q2d(stream.time_base());
      AVPacket packet = avcodec.av_packet_alloc();
      while (demuxer.read(packet)) {
        packets.add(new Sound(packet.pts() * unit, packet.size()));
        avcodec.av_packet_unref(packet);
      }
      avcodec.av_packet_free(packet);
    }
    return packets;
  }
}
