package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a way costs on this processor, measured once by running the convolution alone on made-up
 * data, and kept in a file. Convolutions of one shape are measured once.
 */
final class Trials implements Chooser.Cost {
  /** Enough for the just-in-time compiler to finish with our loops. */
  private static final long WARM_UP_NANOS = 300_000_000;

  private static final int RUNS = 7;
  private static final long MOST_NANOS = 40_000_000;

  private final Known known;
  private final OnednnBackend backend;
  private final int threads;
  private boolean warm;

  Trials(Known known, OnednnBackend backend, int threads) {
    this.known = known;
    this.backend = backend;
    this.threads = threads;
  }

  @Override
  public double of(Step step, Way way) {
    Kernel.Convolution conv = (Kernel.Convolution) step.kernel();
    String what =
        "%s.%d.%d.%dx%d.%s.t%d"
            .formatted(
                way.name(),
                conv.in(),
                conv.out(),
                step.output().height(),
                step.output().width(),
                step.addsInput() ? "sum" : "plain",
                threads);
    long time = known.get(what);
    if (time < 0) {
      time = measure(step, conv, way);
      known.put(what, time);
    }
    return time;
  }

  private long measure(Step step, Kernel.Convolution conv, Way way) {
    List<Slot> inputs = new ArrayList<>();
    Map<String, Slot> given = new HashMap<>();
    for (Slot input : step.inputs()) {
      Slot slot =
          new Slot(inputs.size(), input.name(), input.height(), input.width(), input.channels());
      inputs.add(slot);
      given.put("in" + inputs.size(), slot);
    }
    Slot from = step.output();
    Slot output =
        new Slot(inputs.size(), from.name(), from.height(), from.width(), from.channels());
    Step alone = new Step(step.name(), conv, inputs, step.post(), output);
    Program program = new Program("trial", given, List.of(alone), Map.of(), new Made(conv));
    Layout layout =
        Layout.of(program, Choices.of(program, backend, (trial, ways) -> way), Precision.FLOAT32);
    try (PackedWeights weights = new PackedWeights(program.weights());
        Executable executable = Executable.of(layout, weights, 1, threads)) {
      executable.fill();
      if (!warm && !way.equals(OnednnBackend.DIRECT)) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS) {
          Crew.get().run(executable.parts(), executable::run);
        }
        warm = true;
      }
      long best = Long.MAX_VALUE;
      long start = System.nanoTime();
      for (int run = 0; run < RUNS && System.nanoTime() - start < MOST_NANOS; run++) {
        long begin = System.nanoTime();
        Crew.get().run(executable.parts(), executable::run);
        best = Math.min(best, System.nanoTime() - begin);
      }
      return best;
    }
  }

  /** Weights of which only the number matters. */
  private record Made(Kernel.Convolution conv) implements Weights {
    @Override
    public Set<String> keys() {
      return Set.of();
    }

    @Override
    public Tensor get(String key) {
      return key.equals(conv.bias())
          ? Tensor.of(new float[conv.out()], conv.out())
          : Tensor.of(
              new float[conv.out() * conv.in() * conv.kernel() * conv.kernel()],
              conv.out(),
              conv.in(),
              conv.kernel(),
              conv.kernel());
    }
  }
}
