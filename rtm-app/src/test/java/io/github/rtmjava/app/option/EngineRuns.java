package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.FakeEngine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import java.util.function.Function;

/** The flags of an engine, of every command that runs networks. */
final class EngineRuns {
  private EngineRuns() {}

  /**
   * Adds them to a command's table.
   *
   * @param fake a line that runs made-up models on the made-up engine
   * @param free a line that leaves the engine open
   */
  static void add(Table table, Line fake, Line free) {
    table
        .option("--engine", "no-such-engine")
        .on(free)
        .shows(
            (without, with) -> {
              assertEquals(0, without.code(), without.said());
              assertNotEquals(0, with.code());
              assertTrue(with.said().contains("onednn"), with.said());
              assertTrue(with.said().contains("samediff"), with.said());
            });
    table
        .option("--device", "cuda")
        .on(free)
        .shows(
            (without, with) -> {
              assertEquals(0, without.code(), without.said());
              assertNotEquals(0, with.code());
              assertTrue(with.said().contains("cuda"), with.said());
            });
    ran(table, fake, EngineOptions::threads, 0, 3, "--threads", "3");
    ran(table, fake, EngineOptions::deterministic, false, true, "--deterministic");
    Function<EngineOptions, Precision> precision = EngineOptions::precision;
    Precision usual = Precision.FLOAT32;
    ran(table, fake, precision, usual, Precision.BFLOAT16, "--precision", "bf16");
    ran(table, fake, precision, usual, Precision.FLOAT16, "--precision", "f16");
    ran(table, fake, precision, usual, Precision.AUTO, "--precision", "auto");
    table
        .option("--precision", "f32")
        .between(fake.with("--precision", "bf16"), fake.with("--precision", "f32"))
        .shows(
            (without, with) ->
                assertTrue(
                    with.uses().stream().allMatch(use -> precision.apply(use.options()) == usual)
                        && without.uses().stream()
                            .noneMatch(use -> precision.apply(use.options()) == usual)));
  }

  /** Every network is run in one way without and in another with an option. */
  private static <T> void ran(
      Table table,
      Line line,
      Function<EngineOptions, T> part,
      T before,
      T after,
      String name,
      String... value) {
    table
        .option(name, value)
        .on(line)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertRan(without, part, before);
              assertRan(with, part, after);
            });
  }

  private static <T> void assertRan(Run run, Function<EngineOptions, T> part, T expected) {
    assertTrue(!run.uses().isEmpty(), run.said());
    for (FakeEngine.Use use : run.uses()) {
      assertEquals(expected, part.apply(use.options()), use.network());
    }
  }
}
