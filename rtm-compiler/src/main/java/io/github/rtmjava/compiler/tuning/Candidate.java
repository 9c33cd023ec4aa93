package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;

/**
 * A convolution in one of its ways, as far as its time depends on it.
 *
 * @param conv without names of weights
 * @param height of the result in pixels
 * @param width of the result in pixels
 * @param addsInput whether there is a second operand to the result
 */
public record Candidate(
    Kernel.Convolution conv, int height, int width, boolean addsInput, Way way) {
  /** A step that is a convolution, in a way. */
  public static Candidate of(Step step, Way way) {
    Kernel.Convolution own = (Kernel.Convolution) step.kernel();
    Kernel.Convolution like =
        new Kernel.Convolution(
            "", "", own.in(), own.out(), own.kernel(), own.stride(), own.padding(), own.groups());
    return new Candidate(
        like, step.output().height(), step.output().width(), step.addsInput(), way);
  }

  /** The same convolution in another way. */
  public Candidate by(Way other) {
    return new Candidate(conv, height, width, addsInput, other);
  }
}
