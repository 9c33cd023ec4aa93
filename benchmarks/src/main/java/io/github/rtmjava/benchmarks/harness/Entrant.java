package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.Precision;

/**
 * A process that runs the model.
 *
 * @param worker the process
 * @param difference largest difference to the baseline's outputs, as a share of their range
 */
record Entrant(WorkerProcess worker, double difference) {
  /** Outputs in float32 that differ by more of their range are not worth timing. */
  private static final double TOLERANCE = 1e-3;

  Variant variant() {
    return worker.variant();
  }

  /** Whether the outputs are not those of the network. */
  boolean isWrong() {
    return variant().precision() == Precision.FLOAT32 && !(difference <= TOLERANCE);
  }

  /** The difference for people; empty for the baseline. */
  String differenceText() {
    return variant().isBaseline() ? "" : Numbers.share(difference);
  }
}
