package io.github.rtmjava.compiler;

/** What each kernel asks of the types of what it reads and makes; float32 on processors. */
final class TypeRules implements KernelVisitor<TypeRules.Rule> {
  /** What one kernel asks. */
  enum Rule {
    /** One type for all, whichever. */
    SAME,
    /** Float32 for all. */
    FLOAT32,
    /** Float32 for all; only puts elements elsewhere. */
    FLOAT32_REORDERED,
    /** May read another type than it makes. */
    CONVERTED,
    /** May read another type than it makes; only puts elements elsewhere. */
    CONVERTED_REORDERED;

    boolean float32() {
      return this == FLOAT32 || this == FLOAT32_REORDERED;
    }

    boolean converts() {
      return this == CONVERTED || this == CONVERTED_REORDERED;
    }

    boolean reorders() {
      return this == FLOAT32_REORDERED || this == CONVERTED_REORDERED;
    }
  }

  @Override
  public Rule convolution(Step step, Kernel.Convolution kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule transposedConvolution(Step step, Kernel.TransposedConvolution kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule product(Step step, Kernel.Product kernel) {
    return Rule.FLOAT32;
  }

  @Override
  public Rule maxPool(Step step, Kernel.MaxPool kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule mean(Step step, Kernel.Mean kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule combine(Step step, Kernel.Combine kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule combineConstant(Step step, Kernel.CombineConstant kernel) {
    return Rule.FLOAT32;
  }

  @Override
  public Rule elementwise(Step step, Kernel.Elementwise kernel) {
    return Rule.FLOAT32;
  }

  @Override
  public Rule scaleNorm(Step step, Kernel.ScaleNorm kernel) {
    return Rule.FLOAT32;
  }

  @Override
  public Rule layerNorm(Step step, Kernel.LayerNorm kernel) {
    return Rule.FLOAT32;
  }

  @Override
  public Rule softmax(Step step, Kernel.Softmax kernel) {
    return Rule.FLOAT32;
  }

  @Override
  public Rule upsample(Step step, Kernel.Upsample kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule pixelShuffle(Step step, Kernel.PixelShuffle kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule focus(Step step, Kernel.Focus kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule join(Step step, Kernel.Join kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule window(Step step, Kernel.Window kernel) {
    return Rule.SAME;
  }

  @Override
  public Rule load(Step step, Kernel.Load kernel) {
    return Rule.CONVERTED;
  }

  @Override
  public Rule transpose(Step step, Kernel.Transpose kernel) {
    return Rule.FLOAT32_REORDERED;
  }

  @Override
  public Rule reshape(Step step, Kernel.Reshape kernel) {
    return Rule.CONVERTED_REORDERED;
  }
}
