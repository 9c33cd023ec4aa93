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
    ConsoleTable table = new ConsoleTable("ms", "share", "implementation", "layer").numbersFirst(2);
    for (Plan.Layer layer : plan.layers()) {
      table.row(ms(layer.ms()), percent(layer.share()), layer.implementation(), layer.name());
    }
    table.row("ms", "share", "implementation", "layers");
    for (Plan.Total total : plan.totals()) {
      String layers = Integer.toString(total.layers());
      table.row(ms(total.ms()), percent(total.share()), total.implementation(), layers);
    }
    table.row(ms(plan.runMs()), percent(1), "all", Integer.toString(plan.layers().size()));
    table.print(console);
  }

  private static String ms(double time) {
    return String.format(Locale.ROOT, "%.3f", time);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  private static void say(Console console, String format, Object... arguments) {
    console.say(String.format(Locale.ROOT, format, arguments));
  }
}
