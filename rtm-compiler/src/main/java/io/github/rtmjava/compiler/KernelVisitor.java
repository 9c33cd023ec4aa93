package io.github.rtmjava.compiler;

import org.jspecify.annotations.Nullable;

/**
 * An answer for every kernel: a backend's emitter, and whatever else must have one, implements this
 * and asks {@link Step#accept}. A new kernel has a method here, so that whatever has no answer for
 * it does not compile.
 *
 * @param <R> the answer; {@link Void} of what only does something
 */
public interface KernelVisitor<R extends @Nullable Object> {
  R convolution(Step step, Kernel.Convolution kernel);

  R transposedConvolution(Step step, Kernel.TransposedConvolution kernel);

  R product(Step step, Kernel.Product kernel);

  R maxPool(Step step, Kernel.MaxPool kernel);

  R mean(Step step, Kernel.Mean kernel);

  R combine(Step step, Kernel.Combine kernel);

  R combineConstant(Step step, Kernel.CombineConstant kernel);

  R elementwise(Step step, Kernel.Elementwise kernel);

  R scaleNorm(Step step, Kernel.ScaleNorm kernel);

  R layerNorm(Step step, Kernel.LayerNorm kernel);

  R softmax(Step step, Kernel.Softmax kernel);

  R upsample(Step step, Kernel.Upsample kernel);

  R pixelShuffle(Step step, Kernel.PixelShuffle kernel);

  R focus(Step step, Kernel.Focus kernel);

  R join(Step step, Kernel.Join kernel);

  R window(Step step, Kernel.Window kernel);

  R load(Step step, Kernel.Load kernel);

  R transpose(Step step, Kernel.Transpose kernel);

  R reshape(Step step, Kernel.Reshape kernel);
}
