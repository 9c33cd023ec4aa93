package io.github.rtmjava.compiler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a program.
 *
 * @param name the network's name for its result: where an error is
 * @param kernel what it computes
 * @param inputs what it reads; where there is a {@link PostOp.AddInput}, its operand comes last
 * @param post what is done to each element of the result
 * @param output what it makes
 */
public record Step(String name, Kernel kernel, List<Slot> inputs, List<PostOp> post, Slot output) {
  public Step {
    inputs = List.copyOf(inputs);
    post = List.copyOf(post);
  }

  /** The answer of a visitor for the kernel. */
  public <R extends @Nullable Object> R accept(KernelVisitor<R> visitor) {
    return kernel.accept(this, visitor);
  }

  /** Whether it only moves elements: what it reads and makes may lie within each other. */
  public boolean moves() {
    return kernel instanceof Kernel.Join || kernel instanceof Kernel.Window;
  }

  /** Whether the last input is a sum's second operand. */
  public boolean addsInput() {
    return post.contains(new PostOp.AddInput());
  }
}
