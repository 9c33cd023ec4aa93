package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Arena;
import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.engine.Precision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program's memory plan for each workload: one image on all threads, or several images of which
 * each thread takes some. What is fastest for one is not for the other: the weights of a batch are
 * read once for all its images.
 */
final class TunedPlans {
  /** What a thread's maps may take: with more, they go through memory from layer to layer. */
  private static final long CACHED = 10 << 20;

  private static final int MOST_IMAGES = 8;

  /** Chooses ways. */
  private interface Source {
    /**
     * Ways by the tuning cache.
     *
     * @param before what was chosen for another workload; null for the first
     * @param measure whether what is not known may be measured now
     * @return empty where it is not known, and may or can not be measured
     */
    Optional<Choices> choose(Tuner.Workload workload, @Nullable Choices before, boolean measure);
  }

  private final int threads;
  private final Precision precision;
  private final Source source;
  private final MemoryPlan latency;
  private final int images;
  private final Object warmingUp = new Object();
  private @Nullable MemoryPlan throughput;

  /** Lays out for one image. */
  private TunedPlans(Program program, int threads, PrecisionPolicy policy, Source source) {
    this.threads = threads;
    this.precision = policy.precision();
    this.source = source;
    Choices choices =
        source
            .choose(Tuner.Workload.latency(threads), null, /* measure= */ true)
            .orElseGet(() -> byRule(program, policy));
    latency = MemoryPlan.of(program, choices, precision);
    long each = Arena.of(latency.buffers(), 1).bytes();
    long fitting = Math.max(1, Math.min(MOST_IMAGES, CACHED / Math.max(1, each)));
    images = Integer.highestOneBit((int) fitting);
  }

  /** By the heuristic, the same on every machine of a kind, and for every workload. */
  static TunedPlans ruled(Program program, int threads, PrecisionPolicy policy) {
    Choices choices = byRule(program, policy);
    return new TunedPlans(
        program, threads, policy, (workload, before, measure) -> Optional.of(choices));
  }

  /** By what is measured here; by the heuristic as long as that cannot be done. */
  static TunedPlans measured(
      Program program, int threads, PrecisionPolicy policy, TuningCache cache) {
    Precision precision = policy.precision();
    OnednnBackend backend = new OnednnBackend(precision);
    return new TunedPlans(
        program,
        threads,
        policy,
        (workload, before, measure) -> {
          Optional<Tuner> tuner =
              measure
                  ? Tuner.measured(program, backend, precision, workload, cache)
                  : Tuner.cached(program, backend, precision, workload, cache);
          return tuner.map(times -> WaySelector.choose(program, backend, times, before));
        });
  }

  private static Choices byRule(Program program, PrecisionPolicy policy) {
    OnednnBackend backend = new OnednnBackend(policy.precision());
    HeuristicCost rule = new HeuristicCost(policy.precision(), policy.gain());
    return WaySelector.choose(program, backend, rule);
  }

  Program program() {
    return latency.program();
  }

  /** For one image on all threads. */
  MemoryPlan latency() {
    return latency;
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
        if (throughput != null) {
          return true;
        }
      }
      // Runs do not wait for this: they settle it by what is known.
      Optional<Choices> choices = source.choose(workload(), latency.choices(), /* measure= */ true);
      choices.ifPresent(this::settle);
      return choices.isPresent();
    }
  }

  /**
   * For several images on each thread: by what is known when it is first asked for, as for one
   * image otherwise. Measures nothing.
   */
  synchronized MemoryPlan throughput() {
    return throughput != null
        ? throughput
        : settle(
            source
                .choose(workload(), latency.choices(), /* measure= */ false)
                .orElse(latency.choices()));
  }

  private Tuner.Workload workload() {
    return Tuner.Workload.throughput(images, threads);
  }

  /** The first choice stays, so that all sessions have the same results. */
  private synchronized MemoryPlan settle(Choices choices) {
    MemoryPlan made = throughput;
    if (made == null) {
      made = MemoryPlan.of(program(), choices, precision);
      throughput = made;
    }
    return made;
  }
}
