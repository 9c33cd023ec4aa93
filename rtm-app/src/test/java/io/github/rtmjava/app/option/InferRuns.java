package io.github.rtmjava.app.option;

import java.io.IOException;
import java.util.List;

/** {@code rtm infer}. */
final class InferRuns {
  private InferRuns() {}

  static List<Table> tables(Material material) throws IOException {
    Table infer = new Table("infer");
    InferModelRuns.add(infer, material);
    InferPeopleRuns.add(infer, material);
    InferVideoRuns.add(infer, material);
    InferSpaceRuns.add(infer, material);
    InferResultRuns.add(infer, material);
    EngineRuns.add(
        infer, madeUp(material.day()), Line.rtm("infer", material.day(), "-o", Line.OUT));
    WebRuns.add(infer, madeUp(material.moved("day.png")));
    return List.of(infer);
  }

  /** A line with the made-up models, which writes JSON. */
  static Line madeUp(String input) {
    return drawn(input).with("--save", "json");
  }

  /** A line with the made-up models. */
  static Line drawn(String input) {
    return Line.rtm(
        "infer",
        input,
        "-o",
        Line.OUT,
        "--model",
        "fake-pose",
        "--detector",
        "fake-detector",
        "--engine",
        "fake");
  }

  /** A line with the embedded models, which writes JSON. */
  static Line embedded(String input) {
    return Line.rtm("infer", input, "-o", Line.OUT, "--save", "json");
  }
}
