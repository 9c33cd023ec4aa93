package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects the way of each convolution: the fastest, as far as the budget of memory for weights
 * allows. What gains most for its memory comes first.
 */
public final class WaySelector {
  /** A way must be so much faster than the usual one: less is within what is measured. */
  private static final double CLEARLY = 0.97;

  private final Backend backend;
  private final double memory;

  /** A faster way, with what it saves and what it needs. */
  private record Offer(Step step, Way way, double gain, long bytes) {}

  /**
   * A selector.
   *
   * @param memory the budget: bytes of all weights in all forms over those of the checkpoint's
   *     convolutions, at most
   */
  public WaySelector(Backend backend, double memory) {
    this.backend = backend;
    this.memory = memory;
  }

  /** Selects for the first workload. */
  public Choices select(Program program, CostModel cost) {
    return select(program, cost, null);
  }

  /**
   * Selects for another workload.
   *
   * @param before what was chosen for the first; its weights stay in memory beside those of other
   *     ways. Null where there is none
   */
  public Choices select(Program program, CostModel cost, @Nullable Choices before) {
    List<Offer> offers = new ArrayList<>();
    double left = 0;
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution conv) {
        List<Way> ways = backend.ways(step);
        Way usual = before == null ? ways.get(0) : before.of(step);
        left += memory * Way.plainBytes(conv) - usual.weightBytes(conv);
        if (ways.size() > 1) {
          double time = cost.of(step, usual);
          long dropped = before == null ? usual.weightBytes(conv) : 0;
          for (Way way : ways) {
            double other = cost.of(step, way);
            if (!way.equals(usual) && other < CLEARLY * time) {
              offers.add(new Offer(step, way, time - other, way.weightBytes(conv) - dropped));
            }
          }
        }
      }
    }
    Map<Step, Way> taken = take(offers, (long) left, cost.perByte());
    return Choices.of(
        program,
        backend,
        (step, ways) -> taken.getOrDefault(step, before == null ? ways.get(0) : before.of(step)));
  }

  /**
   * Takes offers by gain per byte while there is memory; a step's better offer may take the place
   * of its cheaper one where it gains enough more.
   */
  private static Map<Step, Way> take(List<Offer> offers, long memory, double perByte) {
    Map<Step, Offer> taken = new HashMap<>();
    long left = memory;
    offers.sort(Comparator.comparingDouble(offer -> -offer.gain / Math.max(1, offer.bytes)));
    for (Offer offer : offers) {
      Offer before = taken.get(offer.step);
      long more = offer.bytes - (before == null ? 0 : before.bytes);
      double gain = offer.gain - (before == null ? 0 : before.gain);
      if (gain > Math.max(0, perByte * more) && more <= left) {
        left -= more;
        taken.put(offer.step, offer);
      }
    }
    Map<Step, Way> ways = new HashMap<>();
    taken.forEach((step, offer) -> ways.put(step, offer.way));
    return ways;
  }
}
