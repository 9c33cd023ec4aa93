package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.onednn.winograd.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the way of each convolution: the fastest, as far as memory for transformed weights goes.
 * What gains most for its memory comes first.
 */
final class Chooser {
  /** Bytes of all weights in all orders over those of the checkpoint's convolutions, at most. */
  private static final double MEMORY = 2.4;

  /** A way must be so much faster than the usual one: less is within what is measured. */
  private static final double CLEARLY = 0.97;

  /** What a way of a step costs. */
  interface Cost {
    /** Nanoseconds, or any other measure in proportion. */
    double of(Step step, Way way);
  }

  /** A faster way, with what it saves and what it needs. */
  private record Offer(Step step, Way way, double gain, long bytes) {}

  private Chooser() {}

  static Choices choose(Program program, OnednnBackend backend, Cost cost) {
    List<Offer> offers = new ArrayList<>();
    long weights = 0;
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution conv) {
        weights += bytes(conv, OnednnBackend.DIRECT);
        List<Way> ways = backend.ways(step);
        double usual = ways.size() > 1 ? cost.of(step, ways.get(0)) : 0;
        for (Way way : ways.subList(1, ways.size())) {
          double time = cost.of(step, way);
          if (time < CLEARLY * usual) {
            long more = bytes(conv, way) - bytes(conv, ways.get(0));
            offers.add(new Offer(step, way, usual - time, more));
          }
        }
      }
    }
    Map<Step, Way> taken = take(offers, (long) ((MEMORY - 1) * weights));
    return Choices.of(program, backend, (step, ways) -> taken.getOrDefault(step, ways.get(0)));
  }

  /**
   * Takes offers by gain per byte while there is memory; a step's better offer may take the place
   * of its cheaper one.
   */
  private static Map<Step, Way> take(List<Offer> offers, long memory) {
    Map<Step, Offer> taken = new HashMap<>();
    long left = memory;
    offers.sort(Comparator.comparingDouble(offer -> -offer.gain / Math.max(1, offer.bytes)));
    for (Offer offer : offers) {
      Offer before = taken.get(offer.step);
      long more = offer.bytes - (before == null ? 0 : before.bytes);
      if ((before == null || offer.gain > before.gain) && more <= left) {
        left -= more;
        taken.put(offer.step, offer);
      }
    }
    Map<Step, Way> ways = new HashMap<>();
    taken.forEach((step, offer) -> ways.put(step, offer.way));
    return ways;
  }

  /** Bytes of a convolution's weights in float32. */
  static long bytes(Kernel.Convolution conv, Way way) {
    long pairs = (long) conv.in() / conv.groups() * conv.out();
    Tile tile = OnednnBackend.tile(way);
    int each = tile == null ? conv.kernel() * conv.kernel() : tile.products();
    return pairs * each * Float.BYTES;
  }
}
