package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Arena;
import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.engine.Precision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program laid out for each crowd that runs it: one image on all threads, or several images of
 * which each thread takes some. What is fastest for one is not for the other: the weights of a
 * batch are read once for all its images.
 */
final class Plans {
  /** What a thread's maps may take: with more, they go through memory from layer to layer. */
  private static final long CACHED = 10 << 20;

  private static final int MOST_IMAGES = 8;

  /** Chooses ways. */
  private interface Source {
    /**
     * Ways by what is known.
     *
     * @param before what was chosen for another crowd; null for the first
     * @param measure whether what is not known may be measured now
     * @return empty where it is not known, and may or can not be measured
     */
    Optional<Choices> choose(Trials.Crowd crowd, @Nullable Choices before, boolean measure);
  }

  private final int threads;
  private final Precision precision;
  private final Source source;
  private final Layout together;
  private final int images;
  private final Object warmingUp = new Object();
  private @Nullable Layout apart;

  /** Lays out for one image. */
  private Plans(Program program, int threads, Arithmetic arithmetic, Source source) {
    this.threads = threads;
    this.precision = arithmetic.precision();
    this.source = source;
    Choices choices =
        source
            .choose(Trials.Crowd.together(threads), null, /* measure= */ true)
            .orElseGet(() -> byRule(program, arithmetic));
    together = Layout.of(program, choices, precision);
    long each = Arena.of(together.buffers(), 1).bytes();
    long fitting = Math.max(1, Math.min(MOST_IMAGES, CACHED / Math.max(1, each)));
    images = Integer.highestOneBit((int) fitting);
  }

  /** By a rule, the same on every machine of a kind, and for every crowd. */
  static Plans ruled(Program program, int threads, Arithmetic arithmetic) {
    Choices choices = byRule(program, arithmetic);
    return new Plans(
        program, threads, arithmetic, (crowd, before, measure) -> Optional.of(choices));
  }

  /** By what is measured here; by the rule as long as that cannot be done. */
  static Plans measured(Program program, int threads, Arithmetic arithmetic, Known known) {
    Precision precision = arithmetic.precision();
    OnednnBackend backend = new OnednnBackend(precision);
    return new Plans(
        program,
        threads,
        arithmetic,
        (crowd, before, measure) -> {
          Optional<Trials> trials =
              measure
                  ? Trials.measured(program, backend, precision, crowd, known)
                  : Trials.known(program, backend, precision, crowd, known);
          return trials.map(times -> Chooser.choose(program, backend, times, before));
        });
  }

  private static Choices byRule(Program program, Arithmetic arithmetic) {
    OnednnBackend backend = new OnednnBackend(arithmetic.precision());
    Rule rule = new Rule(arithmetic.precision(), arithmetic.gain());
    return Chooser.choose(program, backend, rule);
  }

  Program program() {
    return together.program();
  }

  /** For one image on all threads. */
  Layout together() {
    return together;
  }

  /** How many images a thread takes at once at most: their maps stay in the caches. */
  int images() {
    return images;
  }

  /**
   * Measures for several images on each thread, unless how they are computed is settled.
   *
   * @return whether it is settled now; it is not where others are at work
   */
  boolean warmUp() {
    synchronized (warmingUp) {
      synchronized (this) {
        if (apart != null) {
          return true;
        }
      }
      // Runs do not wait for this: they settle it by what is known.
      Optional<Choices> choices = source.choose(crowd(), together.choices(), /* measure= */ true);
      choices.ifPresent(this::settle);
      return choices.isPresent();
    }
  }

  /**
   * For several images on each thread: by what is known when it is first asked for, as for one
   * image otherwise. Measures nothing.
   */
  synchronized Layout apart() {
    return apart != null
        ? apart
        : settle(
            source
                .choose(crowd(), together.choices(), /* measure= */ false)
                .orElse(together.choices()));
  }

  private Trials.Crowd crowd() {
    return Trials.Crowd.apart(images, threads);
  }

  /** The first choice stays, so that all sessions have the same results. */
  private synchronized Layout settle(Choices choices) {
    Layout made = apart;
    if (made == null) {
      made = Layout.of(program(), choices, precision);
      apart = made;
    }
    return made;
  }
}
