package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.tuning.CostModel;
import io.github.rtmjava.compiler.tuning.TunedPlans;
import io.github.rtmjava.compiler.tuning.Tuner;
import io.github.rtmjava.compiler.tuning.TuningCache;
import io.github.rtmjava.compiler.tuning.WaySelector;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.files.PlansFolder;
import io.github.rtmjava.onednn.natives.Dnnl;

/** How this engine chooses the ways of a program on this processor. */
final class OnednnTuning {
  /**
   * System property: {@code false} leaves the choice to the {@link HeuristicCost}, which needs no
   * measuring.
   */
  static final String PROPERTY = "rtm.onednn.trials";

  /** Bytes of all weights in all forms over those of the checkpoint's convolutions, at most. */
  static final double MEMORY = 2.4;

  /** What a thread's maps may take of its caches. */
  private static final long CACHED = 10 << 20;

  private OnednnTuning() {}

  /** By the heuristic, the same on every machine of a kind. */
  static TunedPlans fixed(Program program, int threads, PrecisionPolicy policy) {
    return TunedPlans.fixed(program, target(threads, policy), selector(policy), heuristic(policy));
  }

  /** By what is measured here; by the heuristic as long as that cannot be done. */
  static TunedPlans measured(
      Program program, int threads, PrecisionPolicy policy, TuningCache cache) {
    Precision precision = policy.precision();
    OnednnBackend backend = new OnednnBackend(precision);
    Tuner tuner = new Tuner(backend, precision, new ConvolutionTimer(backend, precision), cache);
    return TunedPlans.measured(
        program, target(threads, policy), selector(policy), heuristic(policy), tuner);
  }

  private static TunedPlans.Target target(int threads, PrecisionPolicy policy) {
    return new TunedPlans.Target(threads, policy.precision(), CACHED);
  }

  private static WaySelector selector(PrecisionPolicy policy) {
    return new WaySelector(new OnednnBackend(policy.precision()), MEMORY);
  }

  private static CostModel heuristic(PrecisionPolicy policy) {
    return new HeuristicCost(policy.gain());
  }

  /**
   * The tuning cache of this processor, with the instructions, the version of oneDNN and the Java
   * that are used here.
   */
  static TuningCache cache() {
    // Whether classes come from an archive makes no loop faster.
    String mode = System.getProperty("java.vm.info", "").replace(", sharing", "");
    String name =
        "onednn-%s-%s-java-%s-%s-%s"
            .formatted(
                Dnnl.get().version(),
                Dnnl.isa(),
                Runtime.version().feature(),
                mode,
                Processor.name())
            .replaceAll("[^A-Za-z0-9.]+", "-");
    return TuningCache.at(PlansFolder.here().resolve(name + ".properties"), PlansFolder.isNamed());
  }
}
