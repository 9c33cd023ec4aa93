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
 * What the ways of convolutions cost on this processor, measured before a program runs and kept in
 * a file. Convolutions of one shape are measured once, whichever program they are of.
 */
final class Trials implements Chooser.Cost {
  /**
   * System property: {@code false} leaves the choice to the {@link Rule}, which needs no measuring.
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

  private final Known known;
  private final Precision precision;
  private final Crowd crowd;

  /**
   * Who runs a program at the same time.
   *
   * @param images for each executable
   * @param executables that run side by side, each on a thread of its own
   * @param parts threads that share the work of an executable; 1 where there are several
   */
  record Crowd(int images, int executables, int parts) {
    /** All threads share one image. */
    static Crowd together(int threads) {
      return new Crowd(1, 1, threads);
    }

    /** Each thread has images of its own. */
    static Crowd apart(int images, int threads) {
      return new Crowd(images, threads, 1);
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

  private Trials(Known known, Precision precision, Crowd crowd) {
    this.known = known;
    this.precision = precision;
    this.crowd = crowd;
  }

  /** By times measured before; empty where some are not known yet. */
  static Optional<Trials> known(
      Program program, OnednnBackend backend, Precision precision, Crowd crowd, Known known) {
    Trials trials = new Trials(known, precision, crowd);
    return trials.open(program, backend).isEmpty() ? Optional.of(trials) : Optional.empty();
  }

  /**
   * Measures what is not known yet of a program's ways.
   *
   * @return empty where that cannot be done now: others let the crew work, or our loops are not
   *     compiled in time
   */
  static Optional<Trials> measured(
      Program program, OnednnBackend backend, Precision precision, Crowd crowd, Known known) {
    return measured(program, backend, precision, crowd, known, QUIET);
  }

  /**
   * The same.
   *
   * @param quiet the share of the time from which on times are kept in the file
   */
  static Optional<Trials> measured(
      Program program,
      OnednnBackend backend,
      Precision precision,
      Crowd crowd,
      Known known,
      double quiet) {
    Trials trials = new Trials(known, precision, crowd);
    Set<Candidate> open = trials.open(program, backend);
    if (open.isEmpty()) {
      return Optional.of(trials);
    }
    Watch watch = Crew.get().watch();
    if (watch == null) {
      return Optional.empty();
    }
    try (watch) {
      // Primitives are made and run for one thread each, whoever asks for them.
      return Dnnl.get().openMp().alone(() -> trials.measure(open, backend, watch, quiet))
          ? Optional.of(trials)
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
            && candidates.stream().anyMatch(one -> known.get(name(one)) < 0)) {
          open.addAll(candidates);
        }
      }
    }
    return open;
  }

  /** Whether that can be done now. */
  private boolean measure(Set<Candidate> open, OnednnBackend backend, Watch watch, double quiet) {
    long start = System.nanoTime();
    if (!WarmUp.of(open, start + WARM_UP_NANOS, watch)) {
      return false;
    }
    TrialRun.Times times = TrialRun.measure(open, backend, precision, crowd, start + NANOS, watch);
    if (watch.isDisturbed()) {
      return false;
    }
    boolean keep = times.share() >= quiet;
    times.nanoseconds().forEach((candidate, time) -> known.put(name(candidate), time, keep));
    known.save();
    return true;
  }

  @Override
  public double of(Step step, Way way) {
    return known.get(name(Candidate.of(step, way)));
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
            crowd.images,
            crowd.executables,
            crowd.parts,
            candidate.way.name());
  }
}
