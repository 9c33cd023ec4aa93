package io.github.rtmjava.compiler.tuning;

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
public final class TunedPlans {
  private static final int MOST_IMAGES = 8;

  /** Chooses ways. */
  private interface Source {
    /**
     * Ways by what is known.
     *
     * @param before what was chosen for another workload; null for the first
     * @param measure whether what is not known may be measured now
     * @return empty where it is not known, and may or can not be measured
     */
    Optional<Choices> choose(Workload workload, @Nullable Choices before, boolean measure);
  }

  /**
   * What is planned for.
   *
   * @param threads that run the program
   * @param precision of its maps
   * @param cachedBytes what a thread's maps may take: with more, they go through memory from layer
   *     to layer
   */
  public record Target(int threads, Precision precision, long cachedBytes) {}

  private final Target target;
  private final Source source;
  private final MemoryPlan latency;
  private final int images;
  private final Object warmingUp = new Object();
  private @Nullable MemoryPlan throughput;

  /** Plans for one image. */
  private TunedPlans(Program program, Target target, Choices otherwise, Source source) {
    this.target = target;
    this.source = source;
    Choices choices =
        source
            .choose(Workload.latency(target.threads), null, /* measure= */ true)
            .orElse(otherwise);
    latency = MemoryPlan.of(program, choices, target.precision);
    long each = Arena.of(latency.buffers(), 1).bytes();
    long fitting = Math.max(1, Math.min(MOST_IMAGES, target.cachedBytes / Math.max(1, each)));
    images = Integer.highestOneBit((int) fitting);
  }

  /** By a heuristic, the same on every machine of a kind, and for every workload. */
  public static TunedPlans fixed(
      Program program, Target target, WaySelector selector, CostModel heuristic) {
    Choices choices = selector.select(program, heuristic);
    return new TunedPlans(
        program, target, choices, (workload, before, measure) -> Optional.of(choices));
  }

  /** By what is measured here; by the heuristic as long as that cannot be done. */
  public static TunedPlans measured(
      Program program, Target target, WaySelector selector, CostModel heuristic, Tuner tuner) {
    return new TunedPlans(
        program,
        target,
        selector.select(program, heuristic),
        (workload, before, measure) ->
            (measure ? tuner.measured(program, workload) : tuner.cached(program, workload))
                .map(cost -> selector.select(program, cost, before)));
  }

  /** What is planned. */
  public Program program() {
    return latency.program();
  }

  /** For one image on all threads. */
  public MemoryPlan latency() {
    return latency;
  }

  /** How many images a thread takes at once at most: their maps stay in the caches. */
  public int images() {
    return images;
  }

  /**
   * Measures for several images on each thread, unless how they are computed is settled.
   *
   * @return whether it is settled now; it is not where others are at work
   */
  public boolean warmUp() {
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
  public synchronized MemoryPlan throughput() {
    return throughput != null
        ? throughput
        : settle(
            source
                .choose(workload(), latency.choices(), /* measure= */ false)
                .orElse(latency.choices()));
  }

  private Workload workload() {
    return Workload.throughput(images, target.threads);
  }

  /** The first choice stays, so that all sessions have the same results. */
  private synchronized MemoryPlan settle(Choices choices) {
    MemoryPlan made = throughput;
    if (made == null) {
      made = MemoryPlan.of(program(), choices, target.precision);
      throughput = made;
    }
    return made;
  }
}
