package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedVideoTest {
  private static final int CASES = 50;

  @TempDir private Path dir = Path.of("");

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(dir.resolve(name), content);
  }

  private Path file(String name, String content) throws IOException {
    return file(name, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 90})
  void whatIsThereOfATruncatedVideoComes(int percent) throws IOException {
    byte[] whole = Files.readAllBytes(Sample.CLIP);
    Path cut = file("cut.mp4", Arrays.copyOf(whole, whole.length * percent / 100));
    List<VideoFrame> expected = Sample.read(Sample.CLIP);
    try (VideoReader video = VideoReader.open(VideoSource.of(cut.toString()), VideoOptions.all())) {
      List<VideoFrame> frames = video.frames().toList();
      int most = 240 * (percent + 15) / 100;
      assertTrue(frames.size() > 240 * (percent - 20) / 100 && frames.size() < most);
      // All but the last, of which a part may be made up.
      for (int i = 0; i < frames.size() - 1; i++) {
        assertArrayEquals(expected.get(i).image().bgr(), frames.get(i).image().bgr());
      }
      String problems = String.join("\n", video.problems());
      assertTrue(problems.contains("the end is missing: its header says 240 frames, "), problems);
    }
  }

  @Test
  void theEndOfAVideoWithoutAFrameCountIsMissedToo() throws IOException {
    double[] times = IntStream.range(0, 100).mapToDouble(i -> i / 25.0).toArray();
    byte[] whole = Files.readAllBytes(new Clip(dir.resolve("a.mkv")).times(times).write());
    Path cut = file("cut.mkv", Arrays.copyOf(whole, whole.length / 2));
    try (VideoReader video = VideoReader.open(VideoSource.of(cut.toString()), VideoOptions.all())) {
      assertTrue(video.frames().count() > 30);
      assertTrue(video.problems().toString().contains("the end is missing"));
    }
  }

  @Test
  void packetsThatDoNotDecodeAreCounted() throws IOException {
    byte[] content = Files.readAllBytes(Sample.CLIP);
    for (int i = content.length / 2; i < content.length / 2 + 6000; i++) {
      content[i] = (byte) 0xff;
    }
    Path file = file("holes.mp4", content);
    try (VideoReader video =
        VideoReader.open(VideoSource.of(file.toString()), VideoOptions.all())) {
      long count = video.frames().count();
      assertTrue(count > 220 && count <= 240, () -> count + " frames");
      assertFalse(video.problems().isEmpty());
    }
  }

  @Test
  void flippedBytesGiveFramesOrOneLine() throws IOException {
    List<byte[]> originals = new ArrayList<>();
    Path written = dir.resolve("original.mp4");
    try (VideoWriter out = VideoWriter.open(written, 96, 64, WriterOptions.of(25))) {
      for (int i = 0; i < 40; i++) {
        out.write(Pictures.noise(96, 64, i), i / 25.0);
      }
      out.finish();
    }
    originals.add(Files.readAllBytes(written));
    for (String name : List.of("original.mkv", "original.avi", "original.ts")) {
      double[] times = IntStream.range(0, 40).mapToDouble(i -> i / 25.0).toArray();
      Path made = new Clip(dir.resolve(name)).codec("mpeg4").times(times).write();
      originals.add(Files.readAllBytes(made));
    }
    int readable = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      byte[] content = originals.get(seed % originals.size()).clone();
      int flips = 1 + random.nextInt(60);
      int reach = seed % 3 == 0 ? Math.min(content.length, 4000) : content.length;
      for (int i = 0; i < flips; i++) {
        content[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
      }
      readable += readThrough(file("flipped.bin", content)) ? 1 : 0;
    }
    assertTrue(readable > CASES / 2, readable + " of " + CASES);
  }

  /** Whether it opened; either way nothing but what is promised may happen. */
  private static boolean readThrough(Path file) {
    try (VideoReader video =
        VideoReader.open(new VideoSource.File(file), VideoOptions.all().withMaxFrames(500))) {
      double last = Double.NEGATIVE_INFINITY;
      for (VideoFrame frame : (Iterable<VideoFrame>) video.frames()::iterator) {
        assertTrue(frame.time() > last);
        assertEquals(video.info().width(), frame.image().width());
        last = frame.time();
      }
      return true;
    } catch (VideoException e) {
      assertOneLine(e, file);
      return false;
    }
  }

  private static void assertOneLine(VideoException e, Path file) {
    String message = String.valueOf(e.getMessage());
    assertFalse(message.contains("\n"), message);
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains("expected"), message);
  }

  private static String refusal(Path file) {
    VideoException e = assertThrows(VideoException.class, () -> Sample.info(file), file.toString());
    assertOneLine(e, file);
    return String.valueOf(e.getMessage());
  }

  @Test
  void whatIsNoVideoIsRefused() throws IOException {
    assertTrue(refusal(dir.resolve("none.mp4")).endsWith("found no such file"));
    assertTrue(refusal(file("empty.mp4", "")).endsWith("found an empty file"));
    assertTrue(refusal(file("text.mp4", "Dear all,\n".repeat(500))).contains("another kind"));
    assertTrue(refusal(dir).endsWith("found a folder"));
  }

  @Test
  void renamedPicturesAreRefused() throws IOException {
    Image picture = Pictures.noise(64, 48, 1);
    for (String ending : List.of("png", "jpg")) {
      Path saved = dir.resolve("picture." + ending);
      Images.write(picture, saved);
      refusal(file("clip.mp4", Files.readAllBytes(saved)));
    }
  }

  @Test
  void soundAloneIsRefused() {
    Path file = new Clip(dir.resolve("a.mp4")).times().sound("aac", 1).write();
    assertTrue(refusal(file).contains("without a video stream"));
  }

  @Test
  void aVideoWithoutItsIndexIsRefused() throws IOException {
    Path whole = new Clip(dir.resolve("a.mp4")).codec("mpeg4").write();
    byte[] content = Files.readAllBytes(whole);
    refusal(file("b.mp4", Arrays.copyOf(content, content.length / 2)));
  }

  @Test
  void absurdSizesAreRefused() throws IOException {
    Path raw = new Clip(dir.resolve("raw.avi")).codec("rawvideo").write();
    byte[] content = Files.readAllBytes(raw);
    int header = new String(content, StandardCharsets.ISO_8859_1).indexOf("strf") + 8;
    ByteBuffer sizes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(64, sizes.getInt(header + 4));
    sizes.putInt(header + 4, 20_000).putInt(header + 8, 20_000);
    String found = refusal(file("huge.avi", content));
    assertTrue(found.contains("without any picture of up to 35.7 megapixels"), found);
    String gif =
        "GIF89a\u00ff\u00ff\u00ff\u00ff\u0000\u0000\u0000,\0\0\0\0\u00ff\u00ff\u00ff\u00ff\0\u0008";
    refusal(file("huge.gif", gif + "\u0001x\0".repeat(99)));
  }

  @Test
  void listsOfOtherFilesAreRefused() throws IOException {
    String clip = Sample.CLIP.toAbsolutePath().toString();
    Files.copy(Sample.CLIP, dir.resolve("clip.mp4"));
    refusal(
        file("a.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nclip.mp4\n#EXT-X-ENDLIST\n"));
    refusal(
        file(
            "b.m3u8",
            "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\n" + clip + "\n#EXT-X-ENDLIST\n"));
    refusal(file("c.mp4", "ffconcat version 1.0\nfile clip.mp4\n"));
    refusal(
        file(
            "d.sdp",
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"));
  }
}
