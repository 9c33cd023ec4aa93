package io.github.rtmjava.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation with the values that it reads and the value that it makes. */
public record Node(Op op, List<Value> inputs, Value output) {
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** The answer of a visitor for the operation. */
  public <R extends @Nullable Object, X extends Exception> R accept(OpVisitor<R, X> visitor)
      throws X {
    return op.accept(this, visitor);
  }
}
