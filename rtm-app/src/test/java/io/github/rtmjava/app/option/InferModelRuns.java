package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.app.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code rtm infer} looks at, and with which models. */
final class InferModelRuns {
  private static final String POSE = "fake pose";

  private InferModelRuns() {}

  static void add(Table infer, Material material) {
    Line day = InferRuns.madeUp(material.day());
    infer
        .option("INPUT")
        .between(InferRuns.madeUp(material.night()), day)
        .turns(run -> run.files() + " " + run.people(), "[night.json] 0", "[day.json] 1");
    infer
        .option("--output")
        .between(day, day.replacing(Line.OUT, Line.OUT + "/there"))
        .turns(Run::files, List.of("day.json"), List.of("there"));

    Line embedded =
        InferRuns.embedded(material.day()).with("--bbox", "16,8,48,56", "--engine", "fake");
    infer
        .option("--model", "fake-pose")
        .on(embedded)
        .turns(run -> run.picture().path("model").asText(), "rtmw3d-t_synth-128x96", "fake-pose");
    modes(infer, "infer", material);

    Line pose = InferRuns.embedded(material.day()).with("--model", "fake-pose", "--engine", "fake");
    infer
        .option("--detector", "none")
        .between(pose.with("--detector", "fake-detector"), pose.with("--detector", "none"))
        .turns(Run::box, List.of(16L, 8L, 48L, 56L), List.of(0L, 0L, 64L, 64L));
    infer
        .option("--detector", "fake-detector")
        .between(pose.with("--detector", "none"), pose.with("--detector", "fake-detector"))
        .turns(Run::box, List.of(0L, 0L, 64L, 64L), List.of(16L, 8L, 48L, 56L));

    infer
        .option("--classes", "ball")
        .on(day.replacing("fake-detector", "fake-game-detector"))
        .turns(Run::people, 0, 1);

    Line flat = day.replacing("fake-pose", "fake-flat-pose");
    // The made-up network is as sure of a place in the mirror as of that in the picture.
    infer
        .option("--flip-test")
        .on(flat)
        .shows(
            (without, with) -> {
              assertEquals(0.999, score(without), 1e-3);
              assertEquals(0.999 / 2, score(with), 1e-3);
              assertEquals(2 * without.images(POSE), with.images(POSE));
            });

    Line frames = InferRuns.madeUp(material.frames());
    infer
        .option("--batch-size", "1")
        .on(frames)
        .turns(run -> run.batches("fake detector"), Map.of(4, 1L), Map.of(1, 4L));
  }

  /** What is not here cannot be used, but is named. */
  static void modes(Table infer, String command, Material material) {
    Line body = Line.of(InferModelRuns::offline, command, material.day(), "-o", Line.OUT);
    Line other = body.with("--model", "body", "--mode", "performance");
    mode(infer, other, "lightweight", "rtmpose-s");
    mode(infer, other, "balanced", "rtmpose-m");
    mode(infer, other.replacing("performance", "lightweight"), "performance", "rtmpose-x");
  }

  private static void mode(Table infer, Line other, String mode, String model) {
    String last = other.last().get(other.last().size() - 1);
    infer.option("--mode", mode).between(other, other.replacing(last, mode)).says(model);
  }

  static Cli.Outcome offline(Path folder, String... words) {
    System.setProperty("rtm.offline", "true");
    try {
      return Cli.run(words);
    } finally {
      System.clearProperty("rtm.offline");
    }
  }

  private static double score(Run run) throws IOException {
    return run.persons().path(0).path("keypoint_scores").path(1).asDouble();
  }
}
