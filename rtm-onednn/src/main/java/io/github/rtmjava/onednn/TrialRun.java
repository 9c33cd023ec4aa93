package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.engine.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times convolutions one after the other, round after round: between two turns of one, the others
 * fill the caches, as a network's layers do.
 */
final class TrialRun {
  private static final int FEWEST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 40;

  private TrialRun() {}

  /**
   * Nanoseconds of each.
   *
   * @param end {@link System#nanoTime} after which there is no further round
   */
  static Map<Trials.Candidate, Long> measure(
      Collection<Trials.Candidate> candidates,
      OnednnBackend backend,
      Precision precision,
      Trials.Crowd crowd,
      long end) {
    TrialProgram program = new TrialProgram(candidates);
    Layout layout = program.layout(backend, precision);
    List<Executable> executables = new ArrayList<>();
    try (PackedWeights weights = PackedWeights.blank(layout.program().weights())) {
      for (int i = 0; i < crowd.executables(); i++) {
        executables.add(Executable.of(layout, weights, crowd.images(), crowd.parts()));
      }
      try (Block input = new Block(executables.get(0).inputBytes())) {
        input.clear();
        executables.forEach(executable -> executable.setInputs(input.at(0)));
        Map<String, Long> byStage =
            rounds(together(executables), crowd.executables() * crowd.parts(), end);
        Map<Trials.Candidate, Long> times = new LinkedHashMap<>();
        program.candidates().forEach((name, one) -> times.put(one, byStage.get(name)));
        return times;
      }
    } finally {
      executables.forEach(Executable::close);
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

  private static Map<String, Long> rounds(List<Stage> stages, int parts, long end) {
    long[] least = new long[stages.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (int round = 0;
        round < FEWEST_ROUNDS || (round < MOST_ROUNDS && System.nanoTime() - end < 0);
        round++) {
      Profile profile = new Profile(stages, parts, 1);
      Crew.get().run(parts, (member, team) -> profile.run(0, member, team));
      List<LayerTime> layers = profile.layers();
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], layers.get(i).nanoseconds());
      }
    }
    Map<String, Long> byStage = new HashMap<>();
    for (int i = 0; i < least.length; i++) {
      // A step may be several stages of one name.
      byStage.merge(stages.get(i).name(), least[i], Long::sum);
    }
    return byStage;
  }
}
