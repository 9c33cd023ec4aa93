package io.github.rtmjava.output.viewer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays 20,000 frames of three people with the noise of a model. It takes minutes and judges times,
 * so it needs a quiet machine, Linux, and {@code -Drtm.viewer.load=true}.
 */
@EnabledIfSystemProperty(named = "rtm.viewer.load", matches = "true")
class ViewerLoadTest {
  private static final int FRAMES = 20_000;
  private static final int PEOPLE = 3;
  private static final double RATE = 30;
  private static final int SECONDS = 20;
  private static final int MEGABYTES = 500;

  @TempDir Path folder;

  @Test
  void playsThirtyFramesASecondWithinHalfAGigabyte() throws IOException {
    Path target = folder.resolve("long.html");
    Random random = new Random(3);
    try (ViewerWriter writer =
        new ViewerWriter(Pages.recording("long.mp4", FRAMES), target, ViewerOptions.defaults())) {
      for (int i = 0; i < FRAMES; i++) {
        writer.write(noisy(i, random));
      }
      writer.finish();
    }
    try (Chromium chromium = Chromium.start()) {
      Page view = chromium.open(target);
      view.click("#graph-panel summary");
      for (int i = 0; i < 40; i++) {
        view.evaluate("frame => rtmViewer.clock.seek(frame)", i * 500);
        view.waitForFunction("frame => rtmViewer.shown === frame", i * 500);
      }
      view.evaluate(
          """
          () => {
            const take = rtmViewer.take;
            window.taken = 0;
            rtmViewer.take = function (...args) { window.taken++; take.apply(this, args); };
            rtmViewer.clock.seek(5000);
            rtmViewer.clock.play();
          }""");
      view.waitForTimeout(1000 * SECONDS);
      double rate = ((Number) view.evaluate("() => window.taken")).doubleValue() / SECONDS;
      double megabytes = renderers() / 1024.0;
      System.out.printf(
          "%d bytes of HTML; %.1f frames/s; %.0f MB%n", Files.size(target), rate, megabytes);
      assertTrue(rate > RATE - 1, rate + " frames a second");
      assertTrue(megabytes < MEGABYTES, megabytes + " MB");
    }
  }

  private static PoseFrame noisy(int index, Random random) {
    PoseResult result = Pages.frame(index, PEOPLE).result();
    return new PoseFrame(
        index,
        index / RATE,
        result.with(result.persons().stream().map(person -> noisy(person, random)).toList()));
  }

  private static PersonPose noisy(PersonPose person, Random random) {
    return person
        .withKeypoints(noisy(person.keypoints(), 1, random))
        .withKeypoints3d(noisy(person.keypoints3d(), 0.008, random));
  }

  private static float[][] noisy(float[][] points, double sigma, Random random) {
    for (float[] point : points) {
      for (int axis = 0; axis < point.length; axis++) {
        point[axis] += (float) (sigma * random.nextGaussian());
      }
    }
    return points;
  }

  /** Kilobytes of the processes that hold pages, shared ones in part (PSS). */
  private static long renderers() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> Path.of("/proc/" + process.pid()))
        .filter(process -> read(process.resolve("cmdline")).contains("--type=renderer"))
        .map(process -> read(process.resolve("smaps_rollup")))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
