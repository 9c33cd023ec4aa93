package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The frames of a video, and the people in it over time. */
final class InferVideoRuns {
  /** Makes a line of an input. */
  interface Lines {
    Line of(String input);
  }

  private static final String DETECTOR = "fake detector";
  private static final int BODY = 17;

  private InferVideoRuns() {}

  static void add(Table infer, Material material) {
    files(infer, material, InferRuns::madeUp, InferRuns::embedded);
    infer
        .option("--frame-rate", "8")
        .on(InferRuns.madeUp(material.frames()))
        .shows(
            (without, with) -> {
              assertEquals(List.of("f0.json", "f1.json", "f2.json", "f3.json"), without.files());
              assertEquals(4, count(with));
              assertEquals(3 / 8.0, with.lines().get(4).path("time_s").asDouble(), 1e-6);
            });
    infer
        .option("--audio")
        .on(InferRuns.drawn(material.clip()))
        .turns(run -> sounds(run, "clip.mp4"), false, true);
  }

  /**
   * Of video files.
   *
   * @param madeUp with the made-up models
   * @param embedded with the embedded ones
   */
  static void files(Table infer, Material material, Lines madeUp, Lines embedded) {
    frames(infer, madeUp.of(material.clip()));
    tracking(infer, madeUp.of(material.longGap()));
    smoothing(infer, embedded.of(material.squat()), madeUp.of(material.gap()));
  }

  private static void frames(Table infer, Line clip) {
    int all = Material.FRAMES;
    infer.option("--start", "0.5").on(clip).turns(InferVideoRuns::first, 0L, 5L);
    infer.option("--start", "0:01.5").on(clip).turns(InferVideoRuns::first, 0L, 15L);
    infer.option("--end", "0.5").on(clip).turns(InferVideoRuns::count, all, 5);
    infer.option("--stride", "3").on(clip).turns(InferVideoRuns::count, all, 7);
    infer.option("--max-frames", "4").on(clip).turns(InferVideoRuns::count, all, 4);
    infer.option("--det-every", "4").on(clip).turns(run -> run.images(DETECTOR), all, all / 4);
  }

  private static void tracking(Table infer, Line gap) {
    infer.option("--no-tracking").on(gap).turns(InferVideoRuns::ids, Set.of(1), Set.of());
    infer.option("--max-age", "0.5").on(gap).turns(InferVideoRuns::ids, Set.of(1), Set.of(1, 2));
    infer
        .option("--min-hits", "3")
        .on(gap)
        .turns(run -> run.lines().get(2).at("/persons/0").has("id"), true, false);
  }

  private static void smoothing(Table infer, Line clip, Line gap) {
    Line squat = clip.with("--max-frames", "10");
    Line rough = squat.with("--smooth", "none");
    for (String kind : List.of("butterworth", "one_euro", "gaussian", "median", "savgol")) {
      infer
          .option("--smooth", kind)
          .between(rough, squat.with("--smooth", kind))
          .shows(
              (without, with) -> {
                assertEquals(0, with.code(), with.said());
                assertTrue(
                    unrest(with) < 0.9 * unrest(without), () -> "not smoother: " + with.folder());
              });
    }
    infer
        .option("--smooth", "none")
        .between(squat, rough)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertEquals(0, unchanged(without), "everything is smooth");
              assertTrue(unchanged(with) > 0.8, "but for outliers as it was found");
            });
    infer
        .option("--smooth-cutoff", "2")
        .on(squat)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(unrest(with) < 0.8 * unrest(without));
            });
    infer
        .option("--smooth-window", "9")
        .on(squat.with("--smooth", "median"))
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(unrest(with) < unrest(without));
            });
    infer
        .option("--max-gap", "0")
        .on(gap)
        .turns(run -> run.smoothLines().get(10).path("persons").size(), 1, 0);
  }

  private static long first(Run run) throws IOException {
    return run.lines().get(1).path("frame").asLong();
  }

  private static int count(Run run) throws IOException {
    return run.lines().size() - 1;
  }

  private static Set<Integer> ids(Run run) throws IOException {
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode line : run.lines()) {
      for (JsonNode person : line.path("persons")) {
        if (person.has("id")) {
          ids.add(person.path("id").asInt());
        }
      }
    }
    return ids;
  }

  private static boolean sounds(Run run, String name) throws IOException {
    assertTrue(run.files().contains(name), run.said());
    try (VideoReader video =
        VideoReader.open(VideoSource.of(run.file(name).toString()), VideoOptions.all())) {
      return video.info().hasAudio();
    }
  }

  /** Mean of how far the body's keypoints are from the middle of where they were and will be. */
  private static double unrest(Run run) {
    try {
      List<JsonNode> lines = run.smoothLines();
      double sum = 0;
      for (int i = 2; i + 1 < lines.size(); i++) {
        for (int k = 0; k < BODY; k++) {
          double[] before = at(lines, i - 1, k);
          double[] now = at(lines, i, k);
          double[] after = at(lines, i + 1, k);
          sum +=
              Math.hypot(now[0] - (before[0] + after[0]) / 2, now[1] - (before[1] + after[1]) / 2);
        }
      }
      return sum / (BODY * (lines.size() - 3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which share of the body's keypoints is in the end as it was found. */
  private static double unchanged(Run run) throws IOException {
    List<JsonNode> found = run.lines();
    List<JsonNode> made = run.smoothLines();
    int same = 0;
    for (int i = 1; i < found.size(); i++) {
      for (int k = 0; k < BODY; k++) {
        same += Arrays.equals(at(found, i, k), at(made, i, k)) ? 1 : 0;
      }
    }
    return same / (double) (BODY * (found.size() - 1));
  }

  private static double[] at(List<JsonNode> lines, int line, int keypoint) {
    return Run.numbers(lines.get(line).at("/persons/0/keypoints").path(keypoint));
  }
}
