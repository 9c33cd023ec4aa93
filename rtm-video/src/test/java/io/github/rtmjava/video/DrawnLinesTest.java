package io.github.rtmjava.video;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thin lines that move over still ground leave nothing where they were. */
@Timeout(60)
class DrawnLinesTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int FRAMES = 40;

  /** Away from every line, this much is seen. */
  private static final int VISIBLE = 16;

  /** Around a line, the codec's own blur. */
  private static final int NEAR = 3;

  @Test
  void leaveNoTraces(@TempDir Path folder) throws IOException {
    List<Image> ground = ground();
    List<Image> drawn = new ArrayList<>();
    Path file = folder.resolve("drawn.mp4");
    try (VideoWriter out = VideoWriter.open(file, WIDTH, HEIGHT, WriterOptions.of(25))) {
      for (int i = 0; i < FRAMES; i++) {
        drawn.add(drawn(ground.get(i), i));
        out.write(drawn.get(i), i / 25.0);
      }
      out.finish();
    }
    int worst = 0;
    try (VideoReader in = VideoReader.open(new VideoSource.File(file), VideoOptions.all())) {
      for (int i = 0; i < FRAMES; i++) {
        Optional<VideoFrame> frame = in.read();
        worst = Math.max(worst, traces(ground.get(i), drawn.get(i), frame.orElseThrow().image()));
      }
    }
    assertTrue(
        worst <= 40, "expected hardly a trace in any frame, found %d pixels".formatted(worst));
  }

  /** A soft pattern that hardly changes, as of a camera that stands still. */
  private static List<Image> ground() {
    Random random = new Random(7);
    List<Image> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      byte[] bgr = new byte[WIDTH * HEIGHT * 3];
      for (int p = 0; p < WIDTH * HEIGHT; p++) {
        int x = p % WIDTH;
        int y = p / WIDTH;
        double light = 110 + 50 * Math.sin(x / 31.0) * Math.cos(y / 23.0) + random.nextGaussian();
        for (int c = 0; c < 3; c++) {
          bgr[3 * p + c] = (byte) Math.rint(light + 15 * c);
        }
      }
      frames.add(Image.owning(WIDTH, HEIGHT, bgr));
    }
    return frames;
  }

  /** Two that walk, whose boxes follow them unsteadily. */
  private static Image drawn(Image image, int frame) {
    try (Canvas canvas = Canvas.of(image)) {
      double x = 80 + 2.6 * frame;
      walker(canvas, x, frame);
      walker(canvas, 540 - x, frame + 11);
      double unsteady = 3 * Math.sin(frame * 0.9);
      canvas.blend(
          0.75, layer -> layer.rectangle(x, 80 + unsteady, x + 140, 400 - unsteady, 0xffd23f, 1.7));
      canvas.blend(
          0.75, layer -> layer.rectangle(540 - x, 110 - unsteady, 680 - x, 390, 0x4fc3f7, 1.7));
      return canvas.toImage();
    }
  }

  private static void walker(Canvas canvas, double x, int frame) {
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      double y = 130 + 4 * i;
      double left = x + 40 + 10 * Math.sin(i * 0.4 + frame * 0.5);
      canvas.line(left, y, left + 50, y + random.nextInt(8), random.nextInt(0x1000000), 3);
    }
  }

  private static int traces(Image ground, Image wanted, Image found) {
    byte[] before = ground.bgr();
    byte[] want = wanted.bgr();
    byte[] have = found.bgr();
    boolean[] near = new boolean[WIDTH * HEIGHT];
    for (int p = 0; p < near.length; p++) {
      if (most(before, want, p) > 0) {
        for (int y = -NEAR; y <= NEAR; y++) {
          for (int x = -NEAR; x <= NEAR; x++) {
            int row = p / WIDTH + y;
            int column = p % WIDTH + x;
            if (row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH) {
              near[row * WIDTH + column] = true;
            }
          }
        }
      }
    }
    int traces = 0;
    for (int p = 0; p < near.length; p++) {
      traces += !near[p] && most(want, have, p) > VISIBLE ? 1 : 0;
    }
    return traces;
  }

  private static int most(byte[] a, byte[] b, int pixel) {
    int most = 0;
    for (int i = 3 * pixel; i < 3 * pixel + 3; i++) {
      most = Math.max(most, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return most;
  }
}
