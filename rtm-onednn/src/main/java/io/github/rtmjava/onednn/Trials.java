package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a way costs on this processor, measured once by running the convolution alone on made-up
 * data, and kept in a file. Convolutions of one shape are measured once.
 */
final class Trials implements Chooser.Cost {
  /** Enough for the just-in-time compiler to finish with our loops, for each kind of them. */
  private static final long WARM_UP_NANOS = 120_000_000;

  private static final int NARROW = 64;
  private static final int WIDE = 320;
  private static final int WARM_SIDE = 16;

  /** Runs without a clearly shorter one after which to stop. */
  private static final int PATIENCE = 6;

  private static final long MOST_NANOS = 60_000_000;

  private final Known known;
  private final OnednnBackend backend;
  private final Precision precision;
  private final int threads;

  Trials(Known known, OnednnBackend backend, Precision precision, int threads) {
    this.known = known;
    this.backend = backend;
    this.precision = precision;
    this.threads = threads;
  }

  @Override
  public double of(Step step, Way way) {
    Kernel.Convolution conv = (Kernel.Convolution) step.kernel();
    String what =
        "%s.%s.%d.%d.%dx%d.%s.t%d"
            .formatted(
                precision == Precision.FLOAT32 ? "f32" : "bf16",
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

  /**
   * A Winograd convolution is its products, which oneDNN makes, and transforms in loops of our own.
   * A trial is too short for the just-in-time compiler to see every shape; so the loops are
   * measured once, warm, and count by the number of elements that they move.
   */
  private long measure(Step step, Kernel.Convolution conv, Way way) {
    Tile tile = OnednnBackend.tile(way);
    if (tile == null) {
      return measure(step, conv, way, threads, MOST_NANOS, PATIENCE, false);
    }
    long products = measure(step, conv, way, threads, MOST_NANOS, PATIENCE, true);
    double perElement = conv.in() + conv.out() < 2 * WIDE ? loops(way, NARROW) : loops(way, WIDE);
    return products + (long) (perElement * elements(tile, step, conv) / threads);
  }

  /** Nanoseconds of the loops for each transformed element, on one thread. */
  private double loops(Way way, int channels) {
    String what = "loops.%s.%d".formatted(way.name(), channels);
    long known = this.known.get(what);
    if (known < 0) {
      Tile tile = Objects.requireNonNull(OnednnBackend.tile(way));
      Kernel.Convolution conv =
          new Kernel.Convolution(
              "weight", "bias", channels, channels, tile.taps(), 1, tile.taps() / 2, 1);
      Step step =
          new Step(
              "warm up",
              conv,
              List.of(new Slot(0, "in", WARM_SIDE, WARM_SIDE, channels)),
              List.of(new PostOp.Apply(Function.SILU)),
              new Slot(1, "out", WARM_SIDE, WARM_SIDE, channels));
      // on one thread, so that the compiler has a processor too
      long whole = measure(step, conv, way, 1, WARM_UP_NANOS, Integer.MAX_VALUE, false);
      long products = measure(step, conv, way, 1, MOST_NANOS, PATIENCE, true);
      known = Math.round(1e6 * (whole - products) / elements(tile, step, conv));
      this.known.put(what, Math.max(0, known));
    }
    return known / 1e6;
  }

  private static double elements(Tile tile, Step step, Kernel.Convolution conv) {
    int down = (step.output().height() + tile.outputs() - 1) / tile.outputs();
    int across = (step.output().width() + tile.outputs() - 1) / tile.outputs();
    return (double) down * across * tile.products() * (conv.in() + conv.out());
  }

  private long measure(
      Step step,
      Kernel.Convolution conv,
      Way way,
      int parts,
      long most,
      int patience,
      boolean productsOnly) {
    List<Step> steps = new ArrayList<>();
    List<Slot> inputs = new ArrayList<>();
    Map<String, Slot> given = new LinkedHashMap<>();
    for (Slot input : step.inputs()) {
      Slot outside = slot(2 * inputs.size(), input);
      Slot inside = slot(2 * inputs.size() + 1, input);
      given.put("in" + inputs.size(), outside);
      steps.add(new Step("load", new Kernel.Load(true), List.of(outside), List.of(), inside));
      inputs.add(inside);
    }
    Step alone =
        new Step("trial", conv, inputs, step.post(), slot(2 * inputs.size(), step.output()));
    steps.add(alone);
    Program program = new Program("trial", given, steps, Map.of(), new Made(conv));
    Layout layout =
        Layout.of(
            program,
            Choices.of(program, backend, (trial, ways) -> ways.contains(way) ? way : ways.get(0)),
            precision);
    try (PackedWeights weights = new PackedWeights(program.weights(), true);
        Executable executable = Executable.of(layout, weights, 1, parts)) {
      executable.fill();
      Crew.Job job = productsOnly ? executable.products() : executable.only(alone.name());
      return repeat(parts, job, most, patience);
    }
  }

  /**
   * The shortest of many runs.
   *
   * @param most nanoseconds to spend
   * @param patience runs without a clearly shorter one after which to stop
   */
  private static long repeat(int parts, Crew.Job job, long most, int patience) {
    long best = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (int since = 0; since < patience && System.nanoTime() - start < most; since++) {
      long begin = System.nanoTime();
      Crew.get().run(parts, job);
      long time = System.nanoTime() - begin;
      if (time < 0.98 * best) {
        since = 0;
      }
      best = Math.min(best, time);
    }
    return best;
  }

  private static Slot slot(int id, Slot like) {
    return new Slot(id, like.name(), like.height(), like.width(), like.channels());
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
