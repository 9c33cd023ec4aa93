package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.KernelVisitor;
import io.github.rtmjava.compiler.Step;

/**
 * Which kernels are done by primitives that have fast implementations for dense maps only. The
 * others read and write windows of wider maps.
 */
final class DenseKernels implements KernelVisitor<Boolean> {
  @Override
  public Boolean convolution(Step step, Kernel.Convolution kernel) {
    return !kernel.pointwise();
  }

  @Override
  public Boolean transposedConvolution(Step step, Kernel.TransposedConvolution kernel) {
    return true;
  }

  @Override
  public Boolean product(Step step, Kernel.Product kernel) {
    return false;
  }

  @Override
  public Boolean maxPool(Step step, Kernel.MaxPool kernel) {
    return true;
  }

  @Override
  public Boolean mean(Step step, Kernel.Mean kernel) {
    return true;
  }

  @Override
  public Boolean combine(Step step, Kernel.Combine kernel) {
    return OnednnBackend.scalesChannels(step);
  }

  @Override
  public Boolean combineConstant(Step step, Kernel.CombineConstant kernel) {
    return false;
  }

  @Override
  public Boolean elementwise(Step step, Kernel.Elementwise kernel) {
    return true;
  }

  @Override
  public Boolean scaleNorm(Step step, Kernel.ScaleNorm kernel) {
    return false;
  }

  @Override
  public Boolean layerNorm(Step step, Kernel.LayerNorm kernel) {
    return false;
  }

  @Override
  public Boolean softmax(Step step, Kernel.Softmax kernel) {
    return true;
  }

  @Override
  public Boolean upsample(Step step, Kernel.Upsample kernel) {
    return false;
  }

  @Override
  public Boolean pixelShuffle(Step step, Kernel.PixelShuffle kernel) {
    return false;
  }

  @Override
  public Boolean focus(Step step, Kernel.Focus kernel) {
    return false;
  }

  @Override
  public Boolean join(Step step, Kernel.Join kernel) {
    return false;
  }

  @Override
  public Boolean window(Step step, Kernel.Window kernel) {
    return false;
  }

  @Override
  public Boolean load(Step step, Kernel.Load kernel) {
    return false;
  }

  @Override
  public Boolean transpose(Step step, Kernel.Transpose kernel) {
    return false;
  }

  @Override
  public Boolean reshape(Step step, Kernel.Reshape kernel) {
    return true;
  }
}
