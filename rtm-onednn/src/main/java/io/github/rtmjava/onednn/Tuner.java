package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The autotuner: what the ways of convolutions cost on this processor, measured before a program
 * runs and kept in the {@link TuningCache}. Convolutions of one shape are measured once, whichever
 * program they are of.
 */
final class Tuner implements WaySelector.CostModel {
  /**
   * System property: {@code false} leaves the choice to the {@link HeuristicCost}, which needs no
   * measuring.
   */
  static final String PROPERTY = "rtm.onednn.trials";

  /** To be raised when ways become faster or slower, so that they are measured again. */
  private static final int GENERATION = 1;

  /** For all that a program needs to know. */
  private static final long NANOS = 1_500_000_000;

  private static final long WARM_UP_NANOS = 1_500_000_000;

  /**
   * The least share of the time in which threads had a processor to themselves for what they
   * measured to be worth keeping. With less, something else was at work.
   */
  static final double QUIET = 0.9;

  /**
   * What a transformed byte must save: it costs about a nanosecond when a model is compiled, which
   * a hundred images shall bring in.
   */
  private static final double PER_BYTE = 0.01;

  private final TuningCache cache;
  private final Precision precision;
  private final Workload workload;

  /**
   * Who runs a program at the same time.
   *
   * @param images for each executable
   * @param executables that run side by side, each on a thread of its own
   * @param parts threads that share the work of an executable; 1 where there are several
   */
  record Workload(int images, int executables, int parts) {
    /** All threads share one image. */
    static Workload latency(int threads) {
      return new Workload(1, 1, threads);
    }

    /** Each thread has images of its own. */
    static Workload throughput(int images, int threads) {
      return new Workload(images, threads, 1);
    }
  }

  /**
   * A way of a convolution of stride 1, as far as its time depends on it.
   *
   * @param conv without names of weights
   * @param addsInput whether there is a second operand to the result
   */
  record Candidate(Kernel.Convolution conv, int height, int width, boolean addsInput, Way way) {
    static Candidate of(Step step, Way way) {
      Kernel.Convolution own = (Kernel.Convolution) step.kernel();
      Kernel.Convolution like =
          new Kernel.Convolution(
              "", "", own.in(), own.out(), own.kernel(), own.stride(), own.padding(), own.groups());
      return new Candidate(
          like, step.output().height(), step.output().width(), step.addsInput(), way);
    }

    /** The same convolution, done in another way. */
    Candidate by(Way other) {
      return new Candidate(conv, height, width, addsInput, other);
    }
  }

  private Tuner(TuningCache cache, Precision precision, Workload workload) {
    this.cache = cache;
    this.precision = precision;
    this.workload = workload;
  }

  /** By times measured before; empty where some are not known yet. */
  static Optional<Tuner> cached(
      Program program,
      OnednnBackend backend,
      Precision precision,
      Workload workload,
      TuningCache cache) {
    Tuner tuner = new Tuner(cache, precision, workload);
    return tuner.open(program, backend).isEmpty() ? Optional.of(tuner) : Optional.empty();
  }

  /**
   * Measures what is not known yet of a program's ways.
   *
   * @return empty where that cannot be done now: the pool is at work for others, or our loops are
   *     not compiled in time
   */
  static Optional<Tuner> measured(
      Program program,
      OnednnBackend backend,
      Precision precision,
      Workload workload,
      TuningCache cache) {
    return measured(program, backend, precision, workload, cache, QUIET);
  }

  /**
   * The same.
   *
   * @param quiet the share of the time from which on times are kept in the file
   */
  static Optional<Tuner> measured(
      Program program,
      OnednnBackend backend,
      Precision precision,
      Workload workload,
      TuningCache cache,
      double quiet) {
    Tuner tuner = new Tuner(cache, precision, workload);
    Set<Candidate> open = tuner.open(program, backend);
    if (open.isEmpty()) {
      return Optional.of(tuner);
    }
    ContentionMonitor monitor = ThreadPool.get().monitor();
    if (monitor == null) {
      return Optional.empty();
    }
    try (monitor) {
      // Primitives are made and run for one thread each, whoever asks for them.
      return ThreadPool.get().alone(() -> tuner.measure(open, backend, monitor, quiet))
          ? Optional.of(tuner)
          : Optional.empty();
    }
  }

  /**
   * What there is to measure: all ways of a shape or none, so that all meet the same conditions.
   */
  private Set<Candidate> open(Program program, OnednnBackend backend) {
    Set<Candidate> open = new LinkedHashSet<>();
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution) {
        Set<Candidate> candidates = new LinkedHashSet<>();
        backend.ways(step).forEach(way -> candidates.add(Candidate.of(step, way)));
        if (candidates.size() > 1
            && candidates.stream().anyMatch(one -> cache.get(name(one)) < 0)) {
          open.addAll(candidates);
        }
      }
    }
    return open;
  }

  /** Whether that can be done now. */
  private boolean measure(
      Set<Candidate> open, OnednnBackend backend, ContentionMonitor monitor, double quiet) {
    long start = System.nanoTime();
    if (!JitWarmUp.of(open, start + WARM_UP_NANOS, monitor)) {
      return false;
    }
    TuningRun.Times times =
        TuningRun.measure(open, backend, precision, workload, start + NANOS, monitor);
    if (monitor.isDisturbed()) {
      return false;
    }
    boolean keep = times.share() >= quiet;
    times.nanoseconds().forEach((candidate, time) -> cache.put(name(candidate), time, keep));
    cache.save();
    return true;
  }

  @Override
  public double of(Step step, Way way) {
    return cache.get(name(Candidate.of(step, way)));
  }

  @Override
  public double perByte() {
    return PER_BYTE;
  }

  private String name(Candidate candidate) {
    Kernel.Convolution conv = candidate.conv;
    return "%s.%s.%s-%s.k%s.%sx%s%s.%sx%sx%s.%s"
        .formatted(
            GENERATION,
            precision == Precision.FLOAT32 ? "f32" : "bf16",
            conv.in(),
            conv.out(),
            conv.kernel(),
            candidate.height,
            candidate.width,
            candidate.addsInput ? ".sum" : "",
            workload.images,
            workload.executables,
            workload.parts,
            candidate.way.name());
  }
}
