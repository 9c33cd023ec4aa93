package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.compiler.tuning.Candidate;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.tensor.DType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Warms up: lets the just-in-time compiler finish with our loops before they are timed. On one
 * thread, so that the compiler has a processor too.
 */
final class JitWarmUp {
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

  private JitWarmUp() {}

  /**
   * Runs each kind of loops that candidates have, in turns, until none becomes faster.
   *
   * @param end {@link System#nanoTime} at which to give up
   * @param monitor to give up as well where it is disturbed
   * @return whether all of them are compiled
   */
  static boolean of(Collection<Candidate> candidates, long end, ContentionMonitor monitor) {
    Set<Way> ways = new LinkedHashSet<>();
    candidates.forEach(candidate -> ways.add(candidate.way()));
    List<Kind> kinds = new ArrayList<>();
    try (Closer opened = new Closer()) {
      for (Way way : ways) {
        if (way instanceof WinogradWay winograd) {
          for (int channels : CHANNELS) {
            kinds.add(new Kind(winograd, channels, opened));
          }
        }
      }
      boolean[] compiled = {false};
      ThreadPool.get().run(1, (member, region) -> compiled[0] = settle(kinds, end, monitor));
      return compiled[0];
    }
  }

  private static boolean settle(List<Kind> kinds, long end, ContentionMonitor monitor) {
    kinds.forEach(Kind::setGoal);
    while (!kinds.stream().allMatch(Kind::isSettled)) {
      if (monitor.isDisturbed()) {
        return false;
      }
      if (System.nanoTime() - end > 0) {
        return kinds.stream().allMatch(Kind::isCompiled);
      }
      kinds.stream().filter(kind -> !kind.isSettled()).forEach(Kind::go);
    }
    return true;
  }

  /** Loops of one kind, in float32. */
  private static final class Kind {
    private final Microbenchmark direct;
    private final Microbenchmark loops;
    private double goal;
    private long best = Long.MAX_VALUE;
    private int since;

    Kind(WinogradWay way, int channels, Closer opened) {
      int taps = way.tile().taps();
      Kernel.Convolution conv =
          new Kernel.Convolution("", "", channels, channels, taps, 1, taps / 2, 1);
      Candidate candidate = new Candidate(conv, HEIGHT, WIDTH, false, way);
      direct =
          opened.add(
              new Microbenchmark(candidate.by(PlainWay.direct(DType.FLOAT32)), Precision.FLOAT32));
      loops = opened.add(new Microbenchmark(candidate, Precision.FLOAT32));
    }

    void setGoal() {
      goal = COMPILED * Math.min(direct.least(SPELL), direct.least(SPELL));
    }

    void go() {
      long least = loops.least(SPELL);
      since = least < CLEARLY * best ? 0 : since + 1;
      best = Math.min(best, least);
    }

    boolean isCompiled() {
      return best <= goal;
    }

    boolean isSettled() {
      return isCompiled() && since >= PATIENCE;
    }
  }
}
