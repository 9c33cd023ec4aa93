package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.KernelVisitor;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import java.util.ArrayList;
import java.util.List;

/** Emits the tasks of every kernel into an executable in the making. */
final class KernelEmitter implements KernelVisitor<Void> {
  private final EmitContext context;
  private final Choices choices;
  private final List<InputBinding> inputs = new ArrayList<>();

  KernelEmitter(EmitContext context, Choices choices) {
    this.context = context;
    this.choices = choices;
  }

  /** What was emitted reads, in the order of the steps. */
  List<InputBinding> inputs() {
    return inputs;
  }

  @Override
  public Void convolution(Step step, Kernel.Convolution kernel) {
    if (choices.of(step) instanceof WinogradWay winograd) {
      WinogradEmitter.add(context, step, kernel, winograd.tile());
    } else if (kernel.pointwise()) {
      ConvolutionEmitter.pointwise(context, step, kernel);
    } else {
      ConvolutionEmitter.direct(context, step, kernel);
    }
    return null;
  }

  @Override
  public Void transposedConvolution(Step step, Kernel.TransposedConvolution kernel) {
    TransposedConvolutionEmitter.add(context, step, kernel);
    return null;
  }

  @Override
  public Void product(Step step, Kernel.Product kernel) {
    ArithmeticEmitter.product(context, step, kernel);
    return null;
  }

  @Override
  public Void maxPool(Step step, Kernel.MaxPool kernel) {
    PoolingEmitter.max(context, step, kernel);
    return null;
  }

  @Override
  public Void mean(Step step, Kernel.Mean kernel) {
    PoolingEmitter.mean(context, step);
    return null;
  }

  @Override
  public Void combine(Step step, Kernel.Combine kernel) {
    if (OnednnBackend.scalesChannels(step)) {
      ArithmeticEmitter.scaleChannels(context, step);
    } else {
      PixelLoopEmitter.combine(context, step, kernel);
    }
    return null;
  }

  @Override
  public Void combineConstant(Step step, Kernel.CombineConstant kernel) {
    PixelLoopEmitter.combineConstant(context, step, kernel);
    return null;
  }

  @Override
  public Void elementwise(Step step, Kernel.Elementwise kernel) {
    ArithmeticEmitter.elementwise(context, step);
    return null;
  }

  @Override
  public Void scaleNorm(Step step, Kernel.ScaleNorm kernel) {
    PixelLoopEmitter.scaleNorm(context, step, kernel);
    return null;
  }

  @Override
  public Void layerNorm(Step step, Kernel.LayerNorm kernel) {
    PixelLoopEmitter.layerNorm(context, step, kernel);
    return null;
  }

  @Override
  public Void softmax(Step step, Kernel.Softmax kernel) {
    ArithmeticEmitter.softmax(context, step);
    return null;
  }

  @Override
  public Void upsample(Step step, Kernel.Upsample kernel) {
    ReorderEmitter.upsample(context, step, kernel.factor());
    return null;
  }

  @Override
  public Void pixelShuffle(Step step, Kernel.PixelShuffle kernel) {
    ReorderEmitter.pixelShuffle(context, step, kernel.factor());
    return null;
  }

  @Override
  public Void focus(Step step, Kernel.Focus kernel) {
    ReorderEmitter.focus(context, step);
    return null;
  }

  @Override
  public Void join(Step step, Kernel.Join kernel) {
    ReorderEmitter.join(context, step);
    return null;
  }

  @Override
  public Void window(Step step, Kernel.Window kernel) {
    ReorderEmitter.window(context, step, kernel);
    return null;
  }

  @Override
  public Void load(Step step, Kernel.Load kernel) {
    Slot given = step.inputs().get(0);
    long bytes = context.images() * given.elements() * kernel.type().bytes();
    inputs.add(new InputBinding(given.name(), bytes, ReorderEmitter.load(context, step, kernel)));
    return null;
  }

  @Override
  public Void transpose(Step step, Kernel.Transpose kernel) {
    ReorderEmitter.transpose(context, step);
    return null;
  }

  @Override
  public Void reshape(Step step, Kernel.Reshape kernel) {
    ReorderEmitter.reshape(context, step);
    return null;
  }
}
