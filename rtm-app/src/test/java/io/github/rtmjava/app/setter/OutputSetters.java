package io.github.rtmjava.app.setter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Avi;
import io.github.rtmjava.app.MovedFiles;
import io.github.rtmjava.eval.Prediction;
import io.github.rtmjava.eval.Predictions;
import io.github.rtmjava.eval.ScoringRules;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.DrawOptions.Detail;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.viewer.ViewerMedia;
import io.github.rtmjava.output.viewer.ViewerOptions;
import io.github.rtmjava.output.viewer.ViewerWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.video.VideoException;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The options of what is drawn, written, read and judged. */
final class OutputSetters {
  private static final double RATE = 10;
  private static final int FRAMES = 20;

  private static final DrawOptions THIN =
      DrawOptions.of(0.3f).with().withRadius(1).withThickness(1);

  private OutputSetters() {}

  static void add(Setters setters, Path folder) throws IOException {
    draw(setters);
    view(setters, folder);
    write(setters, folder);
    read(setters, folder);
    judge(setters);
  }

  private static void draw(Setters setters) {
    PoseResult result = Somebody.found(Somebody.at(300));
    setters.add(
        DrawOptions.class,
        "with(Detail[])",
        () -> {
          Image black = Image.ofBgr(640, 480, new byte[640 * 480 * 3]);
          DrawOptions plain = DrawOptions.of(0.3f).with();
          Image without = new Overlay(plain).draw(black, result);
          Image with = new Overlay(plain.with(Detail.BBOX)).draw(black, result);
          assertEquals(0, without.rgb(280, 300) & 0xffffff, "no edge of a box");
          assertNotEquals(0, with.rgb(280, 300) & 0xffffff);
        });
    setters.add(
        DrawOptions.class,
        "withRadius(double)",
        () -> assertTrue(drawn(THIN.withRadius(20), result) > 2 * drawn(THIN, result)));
    setters.add(
        DrawOptions.class,
        "withThickness(double)",
        () -> assertTrue(drawn(THIN.withThickness(20), result) > 2 * drawn(THIN, result)));
  }

  /** How many pixels somebody takes. */
  private static int drawn(DrawOptions options, PoseResult result) {
    Image drawn = new Overlay(options).draw(Image.ofBgr(640, 480, new byte[640 * 480 * 3]), result);
    int count = 0;
    for (int y = 0; y < drawn.height(); y++) {
      for (int x = 0; x < drawn.width(); x++) {
        count += (drawn.rgb(x, y) & 0xffffff) == 0 ? 0 : 1;
      }
    }
    return count;
  }

  private static void view(Setters setters, Path folder) {
    Class<ViewerOptions> type = ViewerOptions.class;
    ViewerOptions usual = ViewerOptions.defaults();
    String sentence = "Made up for a test.";
    differs(setters, folder, "withNote(String)", usual, usual.withNote(sentence), sentence);
    differs(
        setters,
        folder,
        "withMedia(ViewerMedia)",
        usual,
        usual.withMedia(new ViewerMedia.Video("walk-123.mp4")),
        "walk-123.mp4");
    differs(
        setters,
        folder,
        "withMinScore(float)",
        usual,
        usual.withMinScore(0.625f),
        "\"minScore\":0.625");
    differs(
        setters, folder, "withAngles(boolean)", usual, usual.withAngles(false), "\"angles\":[]");
    setters.add(
        type,
        "withCamera(WorldPose)",
        () -> {
          String without = page(folder, usual, Frame3d.WORLD);
          String with = page(folder, usual.withCamera(WorldPose.level(7, 1.625)), Frame3d.WORLD);
          assertFalse(without.contains("\"camera\":{"), "nobody knows where it stands");
          assertTrue(with.contains("\"camera\":{") && with.contains("1.625"), "its height");
        });
  }

  private static void differs(
      Setters setters,
      Path folder,
      String method,
      ViewerOptions without,
      ViewerOptions with,
      String text) {
    setters.add(
        ViewerOptions.class,
        method,
        () -> {
          assertFalse(page(folder, without, Frame3d.CAMERA).contains(text), "without");
          assertTrue(page(folder, with, Frame3d.CAMERA).contains(text), "with");
        });
  }

  private static String page(Path folder, ViewerOptions options, Frame3d frame) throws IOException {
    Path page = folder.resolve("page.html");
    Recording recording =
        new Recording("walk", 640, 480, RATE, 1, "made up", frame, Somebody.SET, Somebody.CAMERA);
    PersonPose person = Somebody.standing(new Random(1));
    PoseResult result =
        new PoseResult(640, 480, "made up", frame, Somebody.SET, List.of(person.withId(1)));
    try (ViewerWriter writer = new ViewerWriter(recording, page, options)) {
      writer.write(new PoseFrame(0, 0, result));
      writer.finish();
    }
    return Files.readString(page);
  }

  private static void write(Setters setters, Path folder) {
    Class<WriterOptions> type = WriterOptions.class;
    WriterOptions usual = WriterOptions.of(RATE);
    setters.add(
        type,
        "withBitRate(long)",
        () -> {
          long many = Files.size(video(folder, usual.withBitRate(4_000_000)));
          long few = Files.size(video(folder, usual.withBitRate(200_000)));
          assertTrue(few < many / 3, few + " and " + many + " bytes");
        });
    setters.add(
        type,
        "withThreads(int)",
        () -> {
          // How many there are cannot be seen from outside; what they do can.
          assertEquals(FRAMES, frames(video(folder, usual.withThreads(1)), VideoOptions.all()));
          assertThrows(IllegalArgumentException.class, () -> usual.withThreads(-1));
        });
    setters.add(
        type,
        "withAudioOf(Path)",
        () -> {
          Path source = folder.resolve("sound.avi");
          int[] greys = new int[FRAMES];
          Avi.write(source, (int) RATE, greys);
          assertFalse(sounds(video(folder, usual)));
          assertTrue(sounds(video(folder, usual.withAudioOf(source))));
        });
    setters.add(
        type,
        "withComment(String)",
        () -> {
          assertFalse(Drawings.isOne(video(folder, usual)));
          assertTrue(Drawings.isOne(video(folder, usual.withComment(Drawings.COMMENT))));
        });
  }

  /** Two seconds of noise. */
  private static Path video(Path folder, WriterOptions options) throws IOException {
    Path file = folder.resolve("video.mp4");
    Files.deleteIfExists(file);
    Random random = new Random(1);
    byte[] pixels = new byte[320 * 240 * 3];
    try (VideoWriter video = VideoWriter.open(file, 320, 240, options)) {
      for (int i = 0; i < FRAMES; i++) {
        random.nextBytes(pixels);
        video.write(Image.ofBgr(320, 240, pixels), i / RATE);
      }
      video.finish();
    }
    return file;
  }

  private static boolean sounds(Path file) throws IOException {
    try (VideoReader video = open(file, VideoOptions.all())) {
      return video.info().hasAudio();
    }
  }

  private static long frames(Path file, VideoOptions options) throws IOException {
    try (VideoReader video = open(file, options)) {
      return video.frames().count();
    }
  }

  private static long first(Path file, VideoOptions options) throws IOException {
    try (VideoReader video = open(file, options)) {
      return video.read().orElseThrow().index();
    }
  }

  private static VideoReader open(Path file, VideoOptions options) throws IOException {
    return VideoReader.open(VideoSource.of(file.toString()), options);
  }

  private static void read(Setters setters, Path folder) throws IOException {
    Class<VideoOptions> type = VideoOptions.class;
    VideoOptions all = VideoOptions.all();
    Path file = folder.resolve("read.avi");
    Avi.write(file, (int) RATE, new int[FRAMES]);
    setters.add(type, "withStart(double)", () -> assertEquals(5, first(file, all.withStart(0.5))));
    setters.add(type, "withEnd(double)", () -> assertEquals(5, frames(file, all.withEnd(0.5))));
    setters.add(type, "withStride(int)", () -> assertEquals(7, frames(file, all.withStride(3))));
    setters.add(
        type, "withMaxFrames(long)", () -> assertEquals(4, frames(file, all.withMaxFrames(4))));
    setters.add(
        type,
        "withThreads(int)",
        () -> {
          assertEquals(FRAMES, frames(file, all.withThreads(1)));
          assertThrows(IllegalArgumentException.class, () -> all.withThreads(-1));
        });
    setters.add(
        type,
        "withPatience(Duration)",
        () -> {
          try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/stream";
            VideoOptions impatient = all.withPatience(Duration.ofSeconds(1));
            VideoException refused =
                assertThrows(
                    VideoException.class,
                    () -> VideoReader.open(VideoSource.of(address), impatient).close());
            assertTrue(refused.getMessage().contains("1 s"), refused.getMessage());
          }
        });
    setters.add(
        type,
        "withRedirects(Redirects)",
        () -> {
          try (MovedFiles moved = new MovedFiles(folder, file)) {
            VideoSource source = VideoSource.of(moved.address("read.avi"));
            assertThrows(VideoException.class, () -> VideoReader.open(source, all).close());
            VideoReader.open(source, all.withRedirects(Redirects.PRIVATE_TOO)).close();
          }
        });
  }

  private static void judge(Setters setters) {
    Class<ScoringRules> type = ScoringRules.class;
    ScoringRules usual = ScoringRules.DEFAULT;
    PoseResult twice =
        Somebody.found(
            Somebody.at(100, 0.8f, Somebody.SURE), Somebody.at(101, 0.5f, Somebody.SURE));
    setters.add(
        type,
        "withMode(Mode)",
        () -> {
          assertEquals(0.8 * 0.9, best(twice, usual), 1e-6);
          assertEquals(0.8, best(twice, usual.withMode(ScoringRules.Mode.BBOX)), 1e-6);
          assertEquals(0.9, best(twice, usual.withMode(ScoringRules.Mode.KEYPOINT)), 1e-6);
        });
    setters.add(
        type,
        "withNms(boolean)",
        () -> {
          assertEquals(1, Predictions.of(twice, 1, List.of(), usual).size());
          assertEquals(2, Predictions.of(twice, 1, List.of(), usual.withNms(false)).size());
        });
  }

  private static double best(PoseResult result, ScoringRules rules) {
    return Predictions.of(result, 1, List.of(), rules).stream()
        .mapToDouble(Prediction::score)
        .max()
        .orElseThrow();
  }
}
