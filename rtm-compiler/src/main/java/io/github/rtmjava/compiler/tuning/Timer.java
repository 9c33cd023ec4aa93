package io.github.rtmjava.compiler.tuning;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** How a backend measures ways. */
public interface Timer {
  /**
   * What was measured.
   *
   * @param nanoseconds of each candidate
   * @param quiet share of the time in which the threads had the processor to themselves, 0 to about
   *     1: what is measured beside other work says little
   */
  record Measurement(Map<Candidate, Long> nanoseconds, double quiet) {
    public Measurement {
      nanoseconds = Map.copyOf(nanoseconds);
    }
  }

  /**
   * Measures candidates under the same conditions.
   *
   * @return empty where that cannot be done now
   */
  Optional<Measurement> measure(Collection<Candidate> candidates, Workload workload);
}
