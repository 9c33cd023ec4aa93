package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code rtm batch}, whose work is done without Spark here; the tests of rtm-spark do it with. */
final class BatchRuns {
  private BatchRuns() {}

  static List<Table> tables(Material material) throws IOException {
    Table batch = new Table("batch");
    Line day = line(material.day());
    work(batch, material, day);
    models(batch, material, day);
    InferPeopleRuns.choosing(batch, line(material.two()));
    InferSpaceRuns.places(batch, material, day);
    InferSpaceRuns.frames(batch, day);
    InferSpaceRuns.world(batch, day);
    Line squat = Line.rtm("batch", material.squat(), "-o", Line.OUT);
    InferSpaceRuns.bodies(batch, squat);
    InferPeopleRuns.boxes(batch, line(material.two()));
    InferVideoRuns.files(
        batch, material, BatchRuns::line, input -> Line.rtm("batch", input, "-o", Line.OUT));
    EngineRuns.add(batch, day, Line.rtm("batch", material.day(), "-o", Line.OUT));
    return List.of(batch);
  }

  private static Line line(String input) {
    return Line.rtm(
        "batch",
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

  private static void work(Table batch, Material material, Line day) {
    batch
        .option("INPUT")
        .between(line(material.night()), day)
        .turns(run -> run.files() + " " + run.people(), "[night.json] 0", "[day.json] 1");
    batch
        .option("--output")
        .between(day, day.replacing(Line.OUT, Line.OUT + "/there"))
        .turns(Run::files, List.of("day.json"), List.of("there"));
    batch.option("--master", "local[3]").on(day).says("master: local[3]");
    batch.option("--format", "jsonl").on(day).says("format: jsonl");
    batch
        .option("--format", "parquet")
        .between(day.with("--format", "jsonl"), day.with("--format", "parquet"))
        .says("format: parquet");
    batch.option("--by-content").on(day).says("by content: true");
    batch.option("--segment", "7").on(day).says("segment: 7.0");
    batch.option("--retry-failed").on(day).says("retry failed: true");
  }

  private static void models(Table batch, Material material, Line day) {
    Line embedded = Line.rtm("batch", material.day(), "-o", Line.OUT);
    batch
        .option("--model", "fake-pose")
        .on(embedded.with("--detector", "fake-detector", "--engine", "fake"))
        .turns(run -> run.picture().path("model").asText(), "rtmw3d-t_synth-128x96", "fake-pose");
    InferModelRuns.modes(batch, "batch", material);
    batch
        .option("--detector", "none")
        .between(day, day.replacing("fake-detector", "none"))
        .turns(Run::box, List.of(16L, 8L, 48L, 56L), List.of(0L, 0L, 64L, 64L));
    batch
        .option("--classes", "ball")
        .on(day.replacing("fake-detector", "fake-game-detector"))
        .turns(Run::people, 0, 1);
    batch
        .option("--flip-test")
        .on(day.replacing("fake-pose", "fake-flat-pose"))
        .shows(
            (without, with) ->
                assertEquals(2 * without.images("fake pose"), with.images("fake pose")));
    batch
        .option("--batch-size", "1")
        .on(line(material.frames()))
        .turns(run -> run.batches("fake detector"), Map.of(4, 1L), Map.of(1, 4L));
  }
}
