package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import java.util.List;
import java.util.function.BiFunction;

/** Chooses among a convolution's ways by its shape alone. */
final class Rule implements BiFunction<Step, List<Way>, Way> {
  private final int threads;

  Rule(int threads) {
    this.threads = threads;
  }

  @Override
  public Way apply(Step step, List<Way> ways) {
    String forced = System.getProperty("rtm.way");
    if (forced != null) {
      return ways.stream().filter(w -> w.name().equals(forced)).findFirst().orElse(ways.get(0));
    }
    return ways.get(
        threads > 0 && ways.size() > 1 && step.inputs().get(0).channels() >= 48 ? 1 : 0);
  }
}
