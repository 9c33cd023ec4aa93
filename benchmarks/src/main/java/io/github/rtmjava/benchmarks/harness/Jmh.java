package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks with JMH, each in one process of its own. */
final class Jmh {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private final Path folder;
  private final int threads;

  /**
   * @param folder for a file that starts processes
   * @param threads of every engine
   */
  Jmh(Path folder, int threads) {
    this.folder = folder;
    this.threads = threads;
  }

  /**
   * What a benchmark came to.
   *
   * @param millis the median
   * @param slowMillis what nine of ten runs stay below
   * @param allocated bytes on Java's heap per run
   */
  record Score(double millis, double slowMillis, double allocated) {}

  /**
   * Runs a benchmark.
   *
   * @param parameters values of its fields, but for the variant and the threads
   */
  Score run(Class<?> benchmark, Variant variant, Map<String, String> parameters)
      throws IOException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.run$")
        .forks(1)
        .warmupIterations(2)
        .warmupTime(TimeValue.seconds(2))
        .measurementIterations(4)
        .measurementTime(TimeValue.seconds(2))
        .jvm(Jvm.wrapper(folder, variant, threads).toString())
        .addProfiler(GCProfiler.class)
        .param("variant", variant.toString())
        .param("threads", Integer.toString(threads))
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    parameters.forEach((name, value) -> options.param(name, value));
    try {
      RunResult result = new Runner(options.build()).runSingle();
      Result<?> times = result.getPrimaryResult();
      Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
      return new Score(
          times.getStatistics().getPercentile(50),
          times.getStatistics().getPercentile(90),
          allocation == null ? Double.NaN : allocation.getScore());
    } catch (RunnerException e) {
      throw new IOException("%s with %s failed".formatted(benchmark.getSimpleName(), variant), e);
    }
  }
}
