package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.compiler.tuning.Candidate;
import io.github.rtmjava.compiler.tuning.Timer;
import io.github.rtmjava.compiler.tuning.TuningProgram;
import io.github.rtmjava.compiler.tuning.Workload;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.tensor.DType;
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
 * Times convolutions one after the other, round after round: between two runs of one, the others
 * fill the caches, as a network's layers do.
 */
final class TuningRun {
  private static final int FEWEST_ROUNDS = 2;
  private static final int MOST_ROUNDS = 40;
  private static final double BEHIND = 1.8;

  /** Compiled loops that meet a new shape may be compiled once more. */
  private static final long SETTLED_NANOS = 300_000_000;

  /** One way to name all of a shape by. */
  private static final Way ANY = PlainWay.direct(DType.FLOAT32);

  private final ContentionMonitor monitor;
  private final long end;
  private final LongSupplier clock = ThreadCpuClock.get();

  /** Nanoseconds that threads have spent on tasks, and of their own among these. */
  private long elapsed;

  private long own;

  private TuningRun(ContentionMonitor monitor, long end) {
    this.monitor = monitor;
    this.end = end;
  }

  /**
   * Measures each.
   *
   * @param end {@link System#nanoTime} after which there is no further round
   * @param monitor where it is disturbed nothing more is measured
   */
  static Timer.Measurement measure(
      Collection<Candidate> candidates,
      OnednnBackend backend,
      Precision precision,
      Workload workload,
      long end,
      ContentionMonitor monitor) {
    TuningProgram program = new TuningProgram(candidates);
    MemoryPlan plan = program.plan(backend, precision);
    try (Closer opened = new Closer()) {
      PackedWeights weights = opened.add(PackedWeights.blank(plan.program().weights()));
      List<Executable> executables = new ArrayList<>();
      for (int i = 0; i < workload.executables(); i++) {
        executables.add(
            opened.add(Executable.of(plan, weights, workload.images(), workload.parts())));
      }
      NativeMemory input = opened.add(new NativeMemory(executables.get(0).inputBytes()));
      input.clear();
      executables.forEach(executable -> executable.setInputs(input.at(0)));
      int threads = workload.executables() * workload.parts();
      TuningRun run = new TuningRun(monitor, end);
      Map<String, Long> least = run.rounds(merged(executables), program, threads);
      Map<Candidate, Long> times = new LinkedHashMap<>();
      if (!monitor.isDisturbed()) {
        program.candidates().forEach((name, one) -> times.put(one, least.get(name)));
      }
      return new Timer.Measurement(times, run.elapsed == 0 ? 0 : (double) run.own / run.elapsed);
    }
  }

  /** What several executables of one program do at the same time. */
  private static List<ParallelStage> merged(List<Executable> executables) {
    List<ParallelStage> merged = new ArrayList<>();
    for (int i = 0; i < executables.get(0).stages().size(); i++) {
      List<KernelTask> tasks = new ArrayList<>();
      for (Executable executable : executables) {
        tasks.addAll(executable.stages().get(i).tasks());
      }
      merged.add(new ParallelStage(executables.get(0).stages().get(i).name(), tasks));
    }
    return merged;
  }

  /** The least times by the names of stages. */
  private Map<String, Long> rounds(List<ParallelStage> all, TuningProgram program, int threads) {
    Map<String, Long> least = new HashMap<>();
    List<ParallelStage> stages = all;
    long start = System.nanoTime();
    for (int round = 0;
        round < FEWEST_ROUNDS || (round < MOST_ROUNDS && System.nanoTime() - end < 0);
        round++) {
      if (monitor.isDisturbed()) {
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
  private Map<String, Long> round(List<ParallelStage> stages, int threads) {
    long[][] spent = new long[threads][stages.size()];
    long[][] passed = new long[threads][stages.size()];
    ThreadPool.get()
        .run(
            threads,
            (member, region) -> {
              for (int i = 0; i < stages.size(); i++) {
                List<KernelTask> tasks = stages.get(i).tasks();
                for (int part = member; part < tasks.size(); part += region.size()) {
                  long start = System.nanoTime();
                  long begin = clock.getAsLong();
                  tasks.get(part).run();
                  spent[part][i] = clock.getAsLong() - begin;
                  passed[part][i] = System.nanoTime() - start;
                }
                region.barrier();
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
  private static Set<String> behind(Map<String, Candidate> candidates, Map<String, Long> least) {
    Map<Candidate, Long> best = new HashMap<>();
    least.forEach(
        (name, time) -> {
          Candidate one = candidates.get(name);
          if (one != null) {
            best.merge(one.by(ANY), time, Math::min);
          }
        });
    Set<String> behind = new HashSet<>();
    least.forEach(
        (name, time) -> {
          Candidate one = candidates.get(name);
          if (one != null && time > BEHIND * best.getOrDefault(one.by(ANY), time)) {
            behind.add(name);
          }
        });
    return behind;
  }
}
