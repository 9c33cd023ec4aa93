package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Op.Activation.Function;

/** What a step does to each element of its result before it is stored, in the order given. */
public sealed interface PostOp {
  /** A function of the element. */
  record Apply(Function function) implements PostOp {}

  /** The product with a constant. */
  record Times(double factor) implements PostOp {}

  /** The square. */
  record Square() implements PostOp {}

  /** The sum with the same element of the step's last input; at most once in a step. */
  record AddInput() implements PostOp {}
}
