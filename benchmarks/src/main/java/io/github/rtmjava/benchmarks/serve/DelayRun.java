package io.github.rtmjava.benchmarks.serve;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.viewer.Chromium;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long it takes from a frame of a browser's camera to the skeletons drawn over it, stage by
 * stage, as the service's page measures it: a headless Chromium whose camera plays a rendered
 * picture that sways, and the service, on the same machine.
 */
public final class DelayRun {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int FRAMES = 60;
  private static final int SWAY = 24;
  private static final List<Integer> DET_EVERY = List.of(1, 5);
  private static final List<String> STAGES =
      List.of("encode", "travel", "queue", "decode", "compute", "draw");

  /** Frames until the code of both sides is compiled. */
  private static final int WARM_UP_MILLIS = 8_000;

  private final Map<Integer, Image> scenes;
  private final List<String> java;
  private final int millis;
  private final PrintWriter out;

  /**
   * A run.
   *
   * @param scenes pictures by the number of people in them
   * @param java options of the server's process
   * @param seconds that each row takes, after some for warming up
   * @param out where the table goes
   */
  public DelayRun(Map<Integer, Image> scenes, List<String> java, int seconds, PrintWriter out) {
    this.scenes = new LinkedHashMap<>(scenes);
    this.java = java;
    this.millis = 1000 * seconds;
    this.out = out;
  }

  /**
   * Measures the rows of some models.
   *
   * @param models flags of {@code rtm serve} by what is printed for them
   */
  public void measure(Map<String, List<String>> models) throws IOException {
    say("| models | people (found) | detector every | frames a second | p50 | p95 |");
    STAGES.forEach(stage -> say(" %s |", stage));
    say("%n|---|---|---|---|---|---|%s%n", "---|".repeat(STAGES.size()));
    for (Map.Entry<String, List<String>> model : models.entrySet()) {
      for (Map.Entry<Integer, Image> scene : scenes.entrySet()) {
        measure(model.getKey(), model.getValue(), scene.getKey(), scene.getValue());
      }
    }
    say("%np50 and p95 from capture to drawn, the stages' p50; in milliseconds.%n");
  }

  private void measure(String name, List<String> flags, int people, Image scene)
      throws IOException {
    Path clip = Files.createTempFile("rtm-camera", ".mjpeg");
    try (ServerProcess server = ServerProcess.start(java, flags)) {
      play(scene, clip);
      try (Chromium browser = Chromium.withCamera(clip)) {
        Page page = browser.open(server.address(), WIDTH, HEIGHT, ColorScheme.LIGHT);
        page.click("#use-camera");
        page.waitForFunction("() => rtmLive.delays.kept.length > 15");
        page.waitForTimeout(WARM_UP_MILLIS);
        for (int every : DET_EVERY) {
          page.selectOption("#det-every", Integer.toString(every));
          page.waitForTimeout(millis);
          row(name, people, every, page);
        }
      }
    } finally {
      Files.delete(clip);
    }
  }

  private void row(String name, int people, int every, Page page) {
    say(
        "| %s | %d (%s) | %d | %.1f | **%.0f** | **%.0f** |",
        name,
        people,
        page.evaluate("() => rtmLive.figures.length"),
        every,
        number(page, "rtmLive.delays.fps"),
        number(page, "rtmLive.delays.share('all', 0.5)"),
        number(page, "rtmLive.delays.share('all', 0.95)"));
    STAGES.forEach(s -> say(" %.0f |", number(page, "rtmLive.delays.share('" + s + "', 0.5)")));
    say("%n");
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate("() => " + expression)).doubleValue();
  }

  /** A camera's frames: the scene goes to the right and back. */
  private static void play(Image scene, Path clip) throws IOException {
    byte[] from = scene.bgr();
    int width = scene.width();
    try (OutputStream out = Files.newOutputStream(clip)) {
      for (int i = 0; i < FRAMES; i++) {
        int shift = (int) Math.round(SWAY * (1 + Math.sin(2 * Math.PI * i / FRAMES)) / 2);
        byte[] to = from.clone();
        for (int y = 0; y < scene.height(); y++) {
          int row = 3 * y * width;
          System.arraycopy(from, row, to, row + 3 * shift, 3 * (width - shift));
        }
        out.write(Images.jpeg(Image.ofBgr(width, scene.height(), to)));
      }
    }
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
