package io.github.rtmjava.compiler;

import io.github.rtmjava.model.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as steps over maps with channels last.
 *
 * @param name the network's
 * @param inputs by the names that callers use; as callers give them, read by a {@link Kernel.Load}
 * @param steps in an order in which they can run
 * @param outputs by the names that callers use; rows of floats in the network's order of elements
 * @param weights what the steps name
 */
public record Program(
    String name,
    Map<String, Slot> inputs,
    List<Step> steps,
    Map<String, Slot> outputs,
    Weights weights) {
  public Program {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    steps = List.copyOf(steps);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** Number of values: every input's and every step's, numbered from 0. */
  public int slots() {
    return inputs.size() + steps.size();
  }
}
