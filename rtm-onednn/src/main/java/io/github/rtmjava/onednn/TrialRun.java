package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.natives.Block;
import io.github.rtmjava.runtime.Closer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Times convolutions one after the other, round after round: between two turns of one, the others
 * fill the caches, as a network's layers do.
 */
final class TrialRun {
  private static final int FEWEST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 40;
  private static final double BEHIND = 1.8;

  /** Compiled loops that meet a new shape may be compiled once more. */
  private static final long SETTLED_NANOS = 300_000_000;

  private final Watch watch;
  private final long end;
  private final LongSupplier clock = ThreadClock.get();

  /** Nanoseconds that threads have spent on tasks, and of their own among these. */
  private long elapsed;

  private long own;

  private TrialRun(Watch watch, long end) {
    this.watch = watch;
    this.end = end;
  }

  /**
   * What was measured.
   *
   * @param nanoseconds of each candidate; of none where the watch was disturbed
   * @param share of the time in which threads had a processor, 0 to about 1
   */
  record Times(Map<Trials.Candidate, Long> nanoseconds, double share) {}

  /**
   * Measures each.
   *
   * @param end {@link System#nanoTime} after which there is no further round
   * @param watch where it is disturbed nothing more is measured
   */
  static Times measure(
      Collection<Trials.Candidate> candidates,
      OnednnBackend backend,
      Precision precision,
      Trials.Crowd crowd,
      long end,
      Watch watch) {
    TrialProgram program = new TrialProgram(candidates);
    Layout layout = program.layout(backend, precision);
    try (Closer opened = new Closer()) {
      PackedWeights weights = opened.add(PackedWeights.blank(layout.program().weights()));
      List<Executable> executables = new ArrayList<>();
      for (int i = 0; i < crowd.executables(); i++) {
        executables.add(opened.add(Executable.of(layout, weights, crowd.images(), crowd.parts())));
      }
      Block input = opened.add(new Block(executables.get(0).inputBytes()));
      input.clear();
      executables.forEach(executable -> executable.setInputs(input.at(0)));
      int threads = crowd.executables() * crowd.parts();
      TrialRun run = new TrialRun(watch, end);
      Map<String, Long> least = run.rounds(together(executables), program, threads);
      Map<Trials.Candidate, Long> times = new LinkedHashMap<>();
      if (!watch.isDisturbed()) {
        program.candidates().forEach((name, one) -> times.put(one, least.get(name)));
      }
      return new Times(times, run.elapsed == 0 ? 0 : (double) run.own / run.elapsed);
    }
  }

  /** What several executables of one program do at the same time. */
  private static List<Stage> together(List<Executable> executables) {
    List<Stage> merged = new ArrayList<>();
    for (int i = 0; i < executables.get(0).stages().size(); i++) {
      List<Task> tasks = new ArrayList<>();
      for (Executable executable : executables) {
        tasks.addAll(executable.stages().get(i).tasks());
      }
      merged.add(new Stage(executables.get(0).stages().get(i).name(), tasks));
    }
    return merged;
  }

  /** The least times by the names of stages. */
  private Map<String, Long> rounds(List<Stage> all, TrialProgram program, int threads) {
    Map<String, Long> least = new HashMap<>();
    List<Stage> stages = all;
    long start = System.nanoTime();
    for (int round = 0;
        round < FEWEST_ROUNDS || (round < MOST_ROUNDS && System.nanoTime() - end < 0);
        round++) {
      if (watch.isDisturbed()) {
        return Map.of();
      }
      if (round >= FEWEST_ROUNDS && System.nanoTime() - start > SETTLED_NANOS) {
        Set<String> behind = behind(program.candidates(), least);
        stages = all.stream().filter(stage -> !behind.contains(stage.name())).toList();
      }
      round(stages, threads).forEach((name, time) -> least.merge(name, time, Math::min));
    }
    return least;
  }

  /** What the busiest thread spends on each stage. */
  private Map<String, Long> round(List<Stage> stages, int threads) {
    long[][] spent = new long[threads][stages.size()];
    long[][] passed = new long[threads][stages.size()];
    Crew.get()
        .run(
            threads,
            (member, team) -> {
              for (int i = 0; i < stages.size(); i++) {
                List<Task> tasks = stages.get(i).tasks();
                for (int part = member; part < tasks.size(); part += team.size()) {
                  long start = System.nanoTime();
                  long begin = clock.getAsLong();
                  tasks.get(part).run();
                  spent[part][i] = clock.getAsLong() - begin;
                  passed[part][i] = System.nanoTime() - start;
                }
                team.barrier();
              }
            });
    own += sum(spent);
    elapsed += sum(passed);
    Map<String, Long> times = new HashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      int stage = i;
      long most = Arrays.stream(spent).mapToLong(part -> part[stage]).max().orElse(0);
      // A step may be several stages of one name.
      times.merge(stages.get(i).name(), most, Long::sum);
    }
    return times;
  }

  private static long sum(long[][] times) {
    return Arrays.stream(times).flatMapToLong(Arrays::stream).sum();
  }

  /** What is so much slower than another way of its shape that it needs no further round. */
  private static Set<String> behind(
      Map<String, Trials.Candidate> candidates, Map<String, Long> least) {
    Map<Trials.Candidate, Long> best = new HashMap<>();
    least.forEach(
        (name, time) -> {
          Trials.Candidate one = candidates.get(name);
          if (one != null) {
            best.merge(one.by(OnednnBackend.DIRECT), time, Math::min);
          }
        });
    Set<String> behind = new HashSet<>();
    least.forEach(
        (name, time) -> {
          Trials.Candidate one = candidates.get(name);
          if (one != null
              && time > BEHIND * best.getOrDefault(one.by(OnednnBackend.DIRECT), time)) {
            behind.add(name);
          }
        });
    return behind;
  }
}
