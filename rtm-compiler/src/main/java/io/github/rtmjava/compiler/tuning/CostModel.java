package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;

/** What a way of a step costs. */
public interface CostModel {
  /** Nanoseconds, or any other measure in proportion. */
  double of(Step step, Way way);

  /** What a byte of memory for weights must save at least. */
  default double perByte() {
    return 0;
  }
}
