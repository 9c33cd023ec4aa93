package io.github.rtmjava.benchmarks.harness;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** How the processes that are measured are started. */
final class Jvm {
  private Jvm() {}

  /** The options of this process, which its own processes shall have too. */
  static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /**
   * What an engine needs in its environment. ND4J takes its number of threads from there, and is
   * started as the {@code rtm} command starts it; other engines do without.
   */
  static Map<String, String> environment(Variant variant, int threads) {
    return variant.engine().equals("samediff")
        ? Map.of("OMP_NUM_THREADS", Integer.toString(threads), "GOMP_SPINCOUNT", "1000")
        : Map.of();
  }
}
