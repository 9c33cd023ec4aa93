package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;

/**
 * What our steps can do with windows. oneDNN's products of matrices and reorders take any pitch;
 * its convolutions and poolings fall back to a reference implementation unless maps are dense.
 */
final class OnednnBackend implements Backend {
  @Override
  public boolean writesWindow(Step step) {
    Kernel kernel = step.kernel();
    return kernel instanceof Kernel.Convolution conv
        ? conv.pointwise()
        : !(kernel instanceof Kernel.MaxPool
            || kernel instanceof Kernel.Mean
            || kernel instanceof Kernel.Elementwise
            || scalesChannels(step));
  }

  @Override
  public boolean readsWindow(Step step, int input) {
    boolean addend = step.addsInput() && input == step.inputs().size() - 1;
    return !addend
        && !(step.kernel() instanceof Kernel.Mean)
        && (step.kernel() instanceof Kernel.Product || writesWindow(step));
  }

  @Override
  public boolean addsInPlace(Step step) {
    return step.kernel() instanceof Kernel.Convolution;
  }

  /** Whether the step multiplies every pixel of a map with the same factors. */
  static boolean scalesChannels(Step step) {
    return step.kernel() instanceof Kernel.Combine combine
        && combine.arithmetic() == Kernel.Arithmetic.MULTIPLY
        && step.inputs().get(1).pixels() == 1
        && step.inputs().get(0).pixels() > 1;
  }
}
