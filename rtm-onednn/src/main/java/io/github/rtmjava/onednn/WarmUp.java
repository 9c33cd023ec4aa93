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
  /** Many tiles in a row of lanes, and a part of one: loops take other turns in each. */
  private static final int[] CHANNELS = {24, 320};

  private static final int HEIGHT = 8;
  private static final int WIDTH = 48;
  private static final long SPELL = 6_000_000;

  /** Spells without a clearly shorter run after which to stop. */
  private static final int PATIENCE = 2;

  private static final double CLEARLY = 0.95;

  /**
   * Compiled, all kinds take about as long as oneDNN's convolution, or less; interpreted, or
   * compiled in a hurry, three times as long and more where channels are few.
   */
  private static final double COMPILED = 2.3;

  private WarmUp() {}

  /**
   * Runs each kind of loops that candidates have, in turns, until none becomes faster.
   *
   * @param end {@link System#nanoTime} at which to give up
   * @return whether all of them are compiled
   */
  static boolean of(Collection<Trials.Candidate> candidates, long end) {
    Set<Way> ways = new LinkedHashSet<>();
    candidates.forEach(candidate -> ways.add(candidate.way()));
    List<Alone> kinds = new ArrayList<>();
    try {
      for (Way way : ways) {
        Tile tile = OnednnBackend.tile(way);
        if (tile != null) {
          for (int channels : CHANNELS) {
            kinds.add(new Alone(tile, way, channels));
          }
        }
      }
      boolean[] compiled = {false};
      Crew.get().run(1, (member, team) -> compiled[0] = settle(kinds, end));
      return compiled[0];
    } finally {
      kinds.forEach(Alone::close);
    }
  }

  private static boolean settle(List<Alone> kinds, long end) {
    kinds.forEach(Alone::setGoal);
    while (!kinds.stream().allMatch(Alone::isSettled)) {
      if (System.nanoTime() - end > 0) {
        return kinds.stream().allMatch(Alone::isCompiled);
      }
      kinds.stream().filter(kind -> !kind.isSettled()).forEach(Alone::go);
    }
    return true;
  }

  /** Loops of one kind, in float32. */
  private static final class Alone implements AutoCloseable {
    private final One direct;
    private final One loops;
    private double goal;
    private long best = Long.MAX_VALUE;
    private int since;

    Alone(Tile tile, Way way, int channels) {
      int taps = tile.taps();
      Kernel.Convolution conv =
          new Kernel.Convolution("", "", channels, channels, taps, 1, taps / 2, 1);
      Trials.Candidate candidate = new Trials.Candidate(conv, HEIGHT, WIDTH, false, way);
      direct = new One(candidate.by(OnednnBackend.DIRECT));
      loops = new One(candidate);
    }

    void setGoal() {
      goal = COMPILED * Math.min(direct.spell(), direct.spell());
    }

    void go() {
      long least = loops.spell();
      since = least < CLEARLY * best ? 0 : since + 1;
      best = Math.min(best, least);
    }

    boolean isCompiled() {
      return best <= goal;
    }

    boolean isSettled() {
      return isCompiled() && since >= PATIENCE;
    }

    @Override
    public void close() {
      direct.close();
      loops.close();
    }
  }

  /** A convolution on the calling thread. */
  private static final class One implements AutoCloseable {
    private final PackedWeights weights;
    private final Executable executable;
    private final Block input;

    One(Trials.Candidate candidate) {
      OnednnBackend backend = new OnednnBackend(Precision.FLOAT32);
      Layout layout = new TrialProgram(List.of(candidate)).layout(backend, Precision.FLOAT32);
      weights = PackedWeights.blank(layout.program().weights());
      executable = Executable.of(layout, weights, 1, 1);
      input = new Block(executable.inputBytes());
      input.clear();
      executable.setInputs(input.at(0));
    }

    /** The shortest of some runs, in nanoseconds. */
    long spell() {
      long least = Long.MAX_VALUE;
      long start = System.nanoTime();
      do {
        long begin = System.nanoTime();
        executable.run();
        least = Math.min(least, System.nanoTime() - begin);
      } while (System.nanoTime() - start < SPELL);
      return least;
    }

    @Override
    public void close() {
      input.close();
      executable.close();
      weights.close();
    }
  }
}
