package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code rtm infer} writes and draws. */
final class InferResultRuns {
  /** Of the made-up picture, and of what is drawn on it where nothing is. */
  private static final int GREY = 200 * 0x010101;

  private InferResultRuns() {}

  static void add(Table infer, Material material) {
    saves(infer, material);
    draws(infer, material);
    Line day = InferRuns.madeUp(material.day());
    infer
        .option("--angles")
        .on(day)
        .turns(run -> run.persons().path(0).has("angles_2d_deg"), false, true);
    infer.option("--show").on(day).says("--show: there is no display here");
    infer.option("--show-interval", "1").on(day).says("--show-interval goes with --show");
    infer
        .option("--show")
        .on(InferRuns.madeUp(material.clip()))
        .says("--show: there is no display here");
  }

  private static void saves(Table infer, Material material) {
    Line day = InferRuns.drawn(material.day());
    Map<String, String> files = new TreeMap<>();
    files.put("json", "day.json");
    files.put("overlay", "day.png");
    files.put("viewer", "day.html");
    files.put("sheet", "sheet_01.png");
    files.put("csv-wide", "day.wide.csv");
    files.put("angles", "day.angles.csv");
    files.put("plot", "day_0.angles.png");
    files.put("openpose", "day_json");
    for (String plain : List.of("csv", "glb", "npz", "parquet")) {
      files.put(plain, "day." + plain);
    }
    for (String perPerson : List.of("trc", "c3d", "bvh", "mot")) {
      files.put(perPerson, "day_0." + perPerson);
    }
    for (String json : List.of("mmpose", "mmpose-demo", "coco")) {
      files.put(json, "day." + json + ".json");
    }
    files.forEach(
        (what, file) ->
            infer
                .option("--save", what)
                .between(
                    day.with("--save", what.equals("json") ? "overlay" : "json"),
                    day.with("--save", what))
                .shows(
                    (without, with) -> {
                      assertEquals(0, with.code(), with.said());
                      assertEquals(List.of(file), with.files());
                      assertTrue(size(with.file(file)) > 100, file);
                    }));
  }

  private static void draws(Table infer, Material material) {
    Line day = InferRuns.drawn(material.day()).with("--save", "overlay");
    Line plain = day.with("--draw", "none");
    drawn(
        infer,
        plain,
        "bbox",
        (without, with) -> {
          assertEquals(GREY, rgb(without, 16, 20), "no edge of a box");
          assertNotEquals(GREY, rgb(with, 16, 20));
          assertEquals(GREY, rgb(with, 22, 14), "nothing in the box");
        });
    drawn(
        infer,
        plain,
        "label",
        (without, with) -> {
          assertEquals(GREY, rgb(without, 17, 2));
          assertNotEquals(GREY, rgb(with, 17, 2));
          assertEquals(GREY, rgb(with, 16, 50), "no box");
        });
    drawn(
        infer,
        plain,
        "index",
        (without, with) -> {
          assertEquals(GREY, rgb(with, 16, 20), "no box");
          assertTrue(bright(without) < bright(with), "white digits");
        });
    drawn(
        infer,
        plain.with("--kpt-thr", "0.85"),
        "opacity",
        (without, with) ->
            assertTrue(
                darkness(with) < 0.9 * darkness(without), "less sure keypoints are fainter"));
    drawn(
        infer,
        plain,
        "black",
        (without, with) -> {
          assertEquals(GREY, rgb(without, 60, 60));
          assertEquals(0, rgb(with, 60, 60));
        });
    drawn(
        infer,
        plain,
        "openpose",
        (without, with) -> {
          assertEquals(GREY, rgb(with, 16, 20), "no box");
          assertNotEquals(rgb(without, 32, 32), rgb(with, 32, 32));
        });
    infer
        .option("--draw", "none")
        .between(day, plain)
        .shows(
            (without, with) -> {
              assertNotEquals(GREY, rgb(without, 16, 20), "a box unless asked otherwise");
              assertEquals(GREY, rgb(with, 16, 20));
              assertNotEquals(GREY, rgb(with, 32, 32), "the skeleton stays");
            });
    Line squat =
        Line.rtm("infer", material.squat(), "-o", Line.OUT, "--max-frames", "10", "--stride", "8")
            .with("--save", "overlay");
    infer
        .option("--draw", "trail")
        .between(squat.with("--draw", "none"), squat.with("--draw", "trail"))
        .shows(
            (without, with) -> {
              Image before = last(without);
              Image after = last(with);
              int[] box = differing(before, after);
              assertTrue(box[2] > 20, () -> "up and down, not " + Arrays.toString(box));
              assertTrue(box[1] < 120 && box[2] < 200, () -> "hips, not " + Arrays.toString(box));
            });
    infer
        .option("--draw", "angles")
        .between(squat.with("--draw", "none"), squat.with("--draw", "angles"))
        .shows(
            (without, with) -> {
              int[] box = differing(last(without), last(with));
              assertTrue(box[0] > 200, () -> "numbers at the joints, not " + Arrays.toString(box));
              assertTrue(box[2] > 60, () -> "from shoulders to feet: " + Arrays.toString(box));
            });
    for (String size : List.of("--radius", "--thickness")) {
      infer
          .option(size, "12")
          .on(plain)
          .shows(
              (without, with) ->
                  assertTrue(darkness(with) > 1.5 * darkness(without), "a larger " + size));
    }
    infer
        .option("--kpt-thr", "2")
        .on(plain)
        .shows(
            (without, with) -> {
              assertNotEquals(GREY, rgb(without, 32, 32), "a skeleton");
              assertEquals(GREY, rgb(with, 32, 32));
            });
    infer
        .option("--kpt-thr", "0.75")
        .on(day.with("--save", "viewer"))
        .turns(
            run -> Files.readString(run.file("day.html")).contains("\"minScore\":0.75"),
            false,
            true);
  }

  private static void drawn(Table infer, Line plain, String what, Effect.Difference difference) {
    infer
        .option("--draw", what)
        .between(plain, plain.with("--draw", what))
        .shows(
            (without, with) -> {
              assertEquals(0, without.code(), without.said());
              assertEquals(0, with.code(), with.said());
              difference.check(without, with);
            });
  }

  private static int rgb(Run run, int x, int y) throws IOException {
    return run.image("day.png").getRGB(x, y) & 0xffffff;
  }

  /** Pixels in the picture's own part that are brighter than it was. */
  private static int bright(Run run) throws IOException {
    BufferedImage image = run.image("day.png");
    int count = 0;
    for (int y = 0; y < Material.SIDE; y++) {
      for (int x = 0; x < Material.SIDE; x++) {
        int rgb = image.getRGB(x, y) & 0xffffff;
        count += Math.min(Math.min(rgb & 0xff, rgb >> 8 & 0xff), rgb >> 16) > 210 ? 1 : 0;
      }
    }
    return count;
  }

  private static long size(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** How far the picture's own part is from what it was, over all pixels and colours. */
  private static long darkness(Run run) throws IOException {
    BufferedImage image = run.image("day.png");
    long sum = 0;
    for (int y = 0; y < Material.SIDE; y++) {
      for (int x = 0; x < Material.SIDE; x++) {
        int rgb = image.getRGB(x, y);
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs(((rgb >> shift) & 0xff) - 200);
        }
      }
    }
    return sum;
  }

  private static Image last(Run run) throws IOException {
    assertEquals(0, run.code(), run.said());
    try (VideoReader video =
        VideoReader.open(VideoSource.of(run.file("clip_01.mp4").toString()), VideoOptions.all())) {
      List<Image> frames = video.frames().map(frame -> frame.image()).toList();
      return frames.get(frames.size() - 1);
    }
  }

  /** How many pixels differ, and the width and height of the box around them. */
  private static int[] differing(Image one, Image other) {
    int count = 0;
    int left = one.width();
    int right = 0;
    int top = one.height();
    int bottom = 0;
    for (int y = 0; y < one.height(); y++) {
      for (int x = 0; x < one.width(); x++) {
        if (Math.abs((one.rgb(x, y) >> 8 & 0xff) - (other.rgb(x, y) >> 8 & 0xff)) > 60) {
          count++;
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
    }
    return new int[] {count, right - left, bottom - top};
  }
}
