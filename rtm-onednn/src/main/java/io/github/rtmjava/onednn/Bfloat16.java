package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much faster this processor multiplies matrices in bfloat16 than in float32. Some have the
 * instructions without being faster. Measured once, in milliseconds, and kept in a file.
 */
final class Bfloat16 {
  /** Where nothing may depend on measurements: twice as many elements in a register. */
  static final double ASSUMED = 2;

  private static final int CHANNELS = 192;
  private static final int SIDE = 40;
  private static final int RUNS = 40;

  private Bfloat16() {}

  /** Whether oneDNN has it here at all: its convolutions need AVX-512. */
  static boolean supported() {
    return Dnnl.isa().startsWith("AVX512");
  }

  /** Time in float32 over time in bfloat16. */
  static double gain(Known known) {
    return (double) time(Precision.FLOAT32, known) / time(Precision.BFLOAT16, known);
  }

  private static long time(Precision precision, Known known) {
    String what = "product." + precision;
    long time = known.get(what);
    if (time <= 0) {
      time = Math.max(1, measure(precision));
      known.put(what, time);
    }
    return time;
  }

  /** The shortest of many runs of a pointwise convolution on one thread. */
  private static long measure(Precision precision) {
    Slot given = new Slot(0, "given", SIDE, SIDE, CHANNELS);
    Slot from = new Slot(1, "from", SIDE, SIDE, CHANNELS);
    Slot to = new Slot(2, "to", SIDE, SIDE, CHANNELS);
    Step load = new Step("load", new Kernel.Load(true), List.of(given), List.of(), from);
    Kernel product = new Kernel.Convolution("weight", null, CHANNELS, CHANNELS, 1, 1, 0, 1);
    Step multiply = new Step("multiply", product, List.of(from), List.of(), to);
    Program program =
        new Program(
            "product", Map.of("given", given), List.of(load, multiply), Map.of(), new Zeros());
    Choices choices =
        Choices.of(program, new OnednnBackend(precision), (step, ways) -> ways.get(0));
    Layout layout = Layout.of(program, choices, precision);
    try (PackedWeights weights = PackedWeights.blank(program.weights());
        Executable executable = Executable.of(layout, weights, 1, 1)) {
      executable.clear();
      Task task = executable.stages().get(1).tasks().get(0);
      long best = Long.MAX_VALUE;
      for (int run = 0; run < RUNS; run++) {
        long start = System.nanoTime();
        task.run();
        best = Math.min(best, System.nanoTime() - start);
      }
      return best;
    }
  }

  private record Zeros() implements Weights {
    @Override
    public Set<String> keys() {
      return Set.of("weight");
    }

    @Override
    public Tensor get(String key) {
      return Tensor.of(new float[CHANNELS * CHANNELS], CHANNELS, CHANNELS);
    }
  }
}
