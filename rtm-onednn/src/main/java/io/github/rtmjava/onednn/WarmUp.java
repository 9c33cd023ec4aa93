package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.winograd.Tile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets the just-in-time compiler finish with our loops before they are timed. On one thread, so
 * that the compiler has a processor too.
 */
final class WarmUp {
  /** Fewer and more channels than a row of a tile holds: loops take other turns. */
  private static final int[] CHANNELS = {64, 320};

  private static final int SIDE = 16;
  private static final long SPELL = 20_000_000;
  private static final int MOST_SPELLS = 16;

  /** Spells without a clearly shorter run after which to stop: the compiler may be at others. */
  private static final int PATIENCE = 4;

  private static final double CLEARLY = 0.95;

  private WarmUp() {}

  /** Runs each kind of loops that candidates have until it becomes no faster. */
  static void of(
      Collection<Trials.Candidate> candidates, OnednnBackend backend, Precision precision) {
    Set<Way> ways = new LinkedHashSet<>();
    candidates.forEach(candidate -> ways.add(candidate.way()));
    for (Way way : ways) {
      Tile tile = OnednnBackend.tile(way);
      if (tile != null) {
        Layout layout = new TrialProgram(few(tile, way)).layout(backend, precision);
        try (PackedWeights weights = PackedWeights.blank(layout.program().weights());
            Executable executable = Executable.of(layout, weights, 1, 1);
            Block input = new Block(executable.inputBytes())) {
          input.clear();
          executable.setInputs(input.at(0));
          Crew.get().run(1, (member, team) -> settle(executable));
        }
      }
    }
  }

  private static List<Trials.Candidate> few(Tile tile, Way way) {
    List<Trials.Candidate> few = new ArrayList<>();
    for (int channels : CHANNELS) {
      int taps = tile.taps();
      Kernel.Convolution conv =
          new Kernel.Convolution("", "", channels, channels, taps, 1, taps / 2, 1);
      few.add(new Trials.Candidate(conv, SIDE, SIDE, false, way));
    }
    return few;
  }

  private static void settle(Executable executable) {
    long best = Long.MAX_VALUE;
    int since = 0;
    for (int spell = 0; spell < MOST_SPELLS && since < PATIENCE; spell++) {
      long least = Long.MAX_VALUE;
      for (long start = System.nanoTime(); System.nanoTime() - start < SPELL; ) {
        long begin = System.nanoTime();
        executable.run();
        least = Math.min(least, System.nanoTime() - begin);
      }
      since = least < CLEARLY * best ? 0 : since + 1;
      best = Math.min(best, least);
    }
  }
}
