package io.github.rtmjava.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation with the values that it reads and the values that it makes. */
public record Node(Op op, List<Value> inputs, List<Value> outputs) {
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a node makes at least one value, found none of " + op);
    }
  }

  /** An operation with one result. */
  public Node(Op op, List<Value> inputs, Value output) {
    this(op, inputs, List.of(output));
  }

  /**
   * The result of an operation that has one.
   *
   * @throws IllegalStateException if it has several
   */
  public Value output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException("expected one result, found " + outputs);
    }
    return outputs.get(0);
  }

  /** The name of the first result, where a person looks for the node. */
  public String name() {
    return outputs.get(0).name();
  }

  /** The answer of a visitor for the operation. */
  public <R extends @Nullable Object, X extends Exception> R accept(OpVisitor<R, X> visitor)
      throws X {
    return op.accept(this, visitor);
  }
}
