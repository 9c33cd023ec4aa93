package io.github.rtmjava.app;

import io.github.rtmjava.engine.CompiledModel.Memory;
import java.util.Locale;

/** A {@link Plan} as lines. */
final class PlanTable {
  private static final double MEGABYTE = 1e6;

  private PlanTable() {}

  static void print(Plan plan, Console console) {
    say(console, "%s: %s", plan.model(), plan.engine());
    say(console, "compiled in %.0f ms", plan.compileMs());
    Memory memory = plan.memory();
    if (memory.weights() + memory.session() == 0) {
      console.say("memory: this engine does not tell");
    } else {
      say(
          console,
          "memory: %.1f MB of weights, %.1f MB for each session that runs one image",
          memory.weights() / MEGABYTE,
          memory.session() / MEGABYTE);
    }
    if (plan.layers().isEmpty()) {
      console.say("layers: this engine does not tell what they cost");
      return;
    }
    say(console, "%9s %6s  %-32s %s", "ms", "share", "implementation", "layer");
    for (Plan.Layer layer : plan.layers()) {
      say(
          console,
          "%9.3f %5.1f%%  %-32s %s",
          layer.ms(),
          100 * layer.share(),
          layer.implementation(),
          layer.name());
    }
    say(console, "%9s %6s  %-32s %s", "ms", "share", "implementation", "layers");
    for (Plan.Total total : plan.totals()) {
      say(
          console,
          "%9.3f %5.1f%%  %-32s %d",
          total.ms(),
          100 * total.share(),
          total.implementation(),
          total.layers());
    }
    say(console, "%9.3f 100.0%%  %-32s %d", plan.runMs(), "all", plan.layers().size());
  }

  private static void say(Console console, String format, Object... arguments) {
    console.say(String.format(Locale.ROOT, format, arguments));
  }
}
