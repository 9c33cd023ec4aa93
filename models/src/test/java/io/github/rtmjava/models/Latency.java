package io.github.rtmjava.models;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How long a network takes for one input, as measured: an object of {@code latency.json}, which
 * need not be there.
 *
 * @param model its name in the manifest
 * @param engine what ran it, with the precision where that is not float32
 * @param machine where
 * @param ms milliseconds
 * @param commit of the code that was measured
 */
record Latency(String model, String engine, String machine, double ms, String commit) {

  /** Where it was measured, in full. */
  String place() {
    return "%s, commit %s".formatted(machine, commit);
  }

  /** All that were measured. */
  static List<Latency> measured() {
    try (InputStream in = Latency.class.getResourceAsStream("latency.json")) {
      return in == null
          ? List.of()
          : new ObjectMapper().readValue(in, new TypeReference<List<Latency>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
