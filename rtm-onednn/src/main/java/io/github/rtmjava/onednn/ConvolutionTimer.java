package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.tuning.Candidate;
import io.github.rtmjava.compiler.tuning.Timer;
import io.github.rtmjava.compiler.tuning.Workload;
import io.github.rtmjava.engine.Precision;
import java.util.Collection;
import java.util.Optional;

/**
 * Measures convolutions on this processor. It cannot where others let the pool work, or where our
 * loops are not compiled in time.
 */
final class ConvolutionTimer implements Timer {
  /** For all that a program needs to know. */
  private static final long NANOS = 1_500_000_000;

  private static final long WARM_UP_NANOS = 1_500_000_000;

  private final OnednnBackend backend;
  private final Precision precision;

  ConvolutionTimer(OnednnBackend backend, Precision precision) {
    this.backend = backend;
    this.precision = precision;
  }

  @Override
  public Optional<Measurement> measure(Collection<Candidate> candidates, Workload workload) {
    ContentionMonitor monitor = ThreadPool.get().monitor();
    if (monitor == null) {
      return Optional.empty();
    }
    try (monitor) {
      // Primitives are made and run for one thread each, whoever asks for them.
      return ThreadPool.get().alone(() -> measure(candidates, workload, monitor));
    }
  }

  private Optional<Measurement> measure(
      Collection<Candidate> candidates, Workload workload, ContentionMonitor monitor) {
    long start = System.nanoTime();
    if (!JitWarmUp.of(candidates, start + WARM_UP_NANOS, monitor)) {
      return Optional.empty();
    }
    Measurement made =
        TuningRun.measure(candidates, backend, precision, workload, start + NANOS, monitor);
    return monitor.isDisturbed() ? Optional.empty() : Optional.of(made);
  }
}
