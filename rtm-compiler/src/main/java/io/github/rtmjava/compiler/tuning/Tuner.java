package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The autotuner: what the ways of convolutions cost on this device, measured before a program runs
 * and kept in a {@link TuningCache}. Convolutions of one shape are measured once, whichever program
 * they are of.
 */
public final class Tuner {
  /**
   * The least {@link Timer.Measurement#quiet} of times that are worth keeping. With less, something
   * else was at work.
   */
  public static final double QUIET = 0.9;

  /** To be raised when ways become faster or slower, so that they are measured again. */
  private static final int GENERATION = 1;

  /**
   * What a transformed byte must save: it costs about a nanosecond when a model is compiled, which
   * a hundred images shall bring in.
   */
  private static final double PER_BYTE = 0.01;

  private final Backend backend;
  private final Precision precision;
  private final Timer timer;
  private final TuningCache cache;

  /**
   * A tuner.
   *
   * @param precision that the backend computes in
   */
  public Tuner(Backend backend, Precision precision, Timer timer, TuningCache cache) {
    this.backend = backend;
    this.precision = precision;
    this.timer = timer;
    this.cache = cache;
  }

  /** The costs of a program's ways as measured before; empty where some are not known yet. */
  public Optional<CostModel> cached(Program program, Workload workload) {
    return unknown(program, workload).isEmpty()
        ? Optional.of(new MeasuredCost(workload))
        : Optional.empty();
  }

  /**
   * The costs of a program's ways; measures what is not known yet.
   *
   * @return empty where it cannot be measured now
   */
  public Optional<CostModel> measured(Program program, Workload workload) {
    Set<Candidate> unknown = unknown(program, workload);
    if (!unknown.isEmpty()) {
      Optional<Timer.Measurement> made = timer.measure(unknown, workload);
      if (made.isEmpty()) {
        return Optional.empty();
      }
      boolean keep = made.get().quiet() >= QUIET;
      made.get()
          .nanoseconds()
          .forEach((candidate, time) -> cache.put(name(candidate, workload), time, keep));
      cache.save();
    }
    return Optional.of(new MeasuredCost(workload));
  }

  /**
   * What there is to measure: all ways of a shape or none, so that all meet the same conditions.
   */
  private Set<Candidate> unknown(Program program, Workload workload) {
    Set<Candidate> unknown = new LinkedHashSet<>();
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution) {
        Set<Candidate> candidates = new LinkedHashSet<>();
        backend.ways(step).forEach(way -> candidates.add(Candidate.of(step, way)));
        if (candidates.size() > 1
            && candidates.stream().anyMatch(one -> cache.get(name(one, workload)) < 0)) {
          unknown.addAll(candidates);
        }
      }
    }
    return unknown;
  }

  private final class MeasuredCost implements CostModel {
    private final Workload workload;

    MeasuredCost(Workload workload) {
      this.workload = workload;
    }

    @Override
    public double of(Step step, Way way) {
      return cache.get(name(Candidate.of(step, way), workload));
    }

    @Override
    public double perByte() {
      return PER_BYTE;
    }
  }

  private String name(Candidate candidate, Workload workload) {
    Kernel.Convolution conv = candidate.conv();
    return "%s.%s.%s-%s.k%s.%sx%s%s.%sx%sx%s.%s"
        .formatted(
            GENERATION,
            precision == Precision.FLOAT32 ? "f32" : "bf16",
            conv.in(),
            conv.out(),
            conv.kernel(),
            candidate.height(),
            candidate.width(),
            candidate.addsInput() ? ".sum" : "",
            workload.images(),
            workload.executables(),
            workload.parts(),
            candidate.way().name());
  }
}
