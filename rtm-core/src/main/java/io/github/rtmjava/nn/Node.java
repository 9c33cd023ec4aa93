package io.github.rtmjava.nn;

import java.util.List;

/** One operation with the values that it reads and the value that it makes. */
public record Node(Op op, List<Value> inputs, Value output) {
  public Node {
    inputs = List.copyOf(inputs);
  }
}
