package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** Where the 3D keypoints of {@code rtm infer} lie. */
final class InferSpaceRuns {
  private static final double DEPTH = 5.14388;
  private static final String CAMERA = "100,50,22,12";

  private InferSpaceRuns() {}

  static void add(Table infer, Material material) throws IOException {
    Line day = InferRuns.madeUp(material.day());
    places(infer, material, day);
    frames(infer, day);
    world(infer, day);
    bodies(infer, InferRuns.embedded(material.squat()));
  }

  /** Of somebody who squats in a video. */
  static void bodies(Table infer, Line clip) {
    Line squat = clip.with("--max-frames", "10");
    infer
        .option("--person-height", "1.2")
        .between(squat.with("--person-height", "2.4"), squat.with("--person-height", "1.2"))
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              double half = distance(with) / distance(without);
              assertEquals(0.5, half, 0.05, "half as tall is half as far away");
            });
    infer
        .option("--bone-lengths")
        .on(squat)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(spread(without) > 1e-3, "the model's shins vary");
              assertEquals(0, spread(with), 1e-4);
            });
  }

  /** The nose lies in the middle of the picture, 32 pixels from the left and from above. */
  static void places(Table infer, Material material, Line day) throws IOException {
    infer
        .option("--camera", CAMERA)
        .on(day)
        .shows(
            (without, with) -> {
              assertArrayEquals(new double[] {0, 0, DEPTH}, without.keypoint3d(0), 1e-4);
              assertArrayEquals(
                  new double[] {DEPTH * 10 / 100, DEPTH * 20 / 50, DEPTH},
                  with.keypoint3d(0),
                  1e-4);
            });
    infer
        .option("--root-depth", "3")
        .on(day.with("--camera", CAMERA))
        .shows(
            (without, with) -> {
              assertEquals(DEPTH, without.keypoint3d(0)[2], 1e-4);
              assertArrayEquals(
                  new double[] {3 * 10 / 100.0, 3 * 20 / 50.0, 3}, with.keypoint3d(0), 1e-4);
            });
    String calibration =
        material.text(
            "calibration.toml",
            """
            [left]
            name = "left"
            size = [ 64.0, 64.0]
            matrix = [ [ 100.0, 0.0, 22.0], [ 0.0, 50.0, 12.0], [ 0.0, 0.0, 1.0]]
            distortions = [ 0.0, 0.0, 0.0, 0.0]
            rotation = [ 0.0, 0.0, 0.0]
            translation = [ 0.0, 0.0, 0.0]
            fisheye = false
            """);
    infer
        .option("--calib", calibration)
        .on(day)
        .shows(
            (without, with) ->
                assertArrayEquals(
                    new double[] {DEPTH * 10 / 100, DEPTH * 20 / 50, DEPTH},
                    with.keypoint3d(0),
                    1e-4));
  }

  static void world(Table infer, Line day) {
    infer
        .option("--floor", "0,1.5")
        .between(
            day.with("--frame", "world", "--floor", "0,1"),
            day.with("--frame", "world", "--floor", "0,1.5"))
        .shows(
            (without, with) -> {
              assertArrayEquals(new double[] {0, DEPTH, 1}, without.keypoint3d(0), 1e-4);
              assertArrayEquals(new double[] {0, DEPTH, 1.5}, with.keypoint3d(0), 1e-4);
            });
    Line aside = day.with("--camera", CAMERA);
    infer
        .option("--frame", "world")
        .between(aside.with("--floor", "0,2"), aside.with("--floor", "0,2", "--frame", "world"))
        .shows(
            (without, with) ->
                assertPlace(with, "world", DEPTH * 10 / 100, DEPTH, 2 - DEPTH * 20 / 50));
  }

  static void frames(Table infer, Line day) {
    Line aside = day.with("--camera", CAMERA);
    double x = DEPTH * 10 / 100;
    double y = DEPTH * 20 / 50;
    frame(infer, aside, "camera", x, y, DEPTH);
    frame(infer, aside, "z_up", x, DEPTH, -y);
    frame(infer, aside, "y_up", x, -y, -DEPTH);
    infer
        .option("--frame", "root_relative")
        .on(aside)
        .shows(
            (without, with) -> {
              double[] left = without.keypoint3d(11);
              double[] right = without.keypoint3d(12);
              double[] nose = without.keypoint3d(0);
              assertPlace(
                  with,
                  "root_relative",
                  nose[0] - (left[0] + right[0]) / 2,
                  nose[1] - (left[1] + right[1]) / 2,
                  nose[2] - (left[2] + right[2]) / 2);
            });
    infer
        .option("--compat", "rtmpose3d")
        .on(day)
        .turns(run -> run.picture().path("frame").asText(), "camera", "rtmpose3d");
  }

  private static void frame(Table infer, Line line, String name, double... place) {
    infer
        .option("--frame", name)
        .between(line.with("--frame", "root_relative"), line.with("--frame", name))
        .shows((without, with) -> assertPlace(with, name, place));
  }

  private static void assertPlace(Run run, String frame, double... place) throws IOException {
    assertEquals(0, run.code(), run.said());
    assertEquals(frame, run.picture().path("frame").asText());
    assertArrayEquals(place, run.keypoint3d(0), 1e-4);
  }

  /** How far the hips are away in the first frame. */
  private static double distance(Run run) throws IOException {
    return point(run.smoothLines().get(1), 11)[2];
  }

  /** The longest minus the shortest left shin of all frames. */
  private static double spread(Run run) throws IOException {
    List<JsonNode> lines = run.smoothLines();
    double shortest = Double.POSITIVE_INFINITY;
    double longest = 0;
    for (JsonNode line : lines.subList(1, lines.size())) {
      double[] knee = point(line, 13);
      double[] ankle = point(line, 15);
      double length =
          Math.sqrt(
              Math.pow(knee[0] - ankle[0], 2)
                  + Math.pow(knee[1] - ankle[1], 2)
                  + Math.pow(knee[2] - ankle[2], 2));
      shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
    }
    return longest - shortest;
  }

  private static double[] point(JsonNode line, int keypoint) {
    return Run.numbers(line.at("/persons/0/keypoints_3d").path(keypoint));
  }
}
