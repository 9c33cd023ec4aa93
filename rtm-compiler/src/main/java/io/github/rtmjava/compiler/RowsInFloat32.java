package io.github.rtmjava.compiler;

/** The policy of processors. */
final class RowsInFloat32 implements TypePolicy {
  private static final TypeRules RULES = new TypeRules();

  @Override
  public boolean readsFloat32(Step step) {
    return step.accept(RULES).float32()
        || (step.output().width() == 1 && step.output().height() > 1);
  }

  @Override
  public boolean makesFloat32(Step step) {
    return step.output().pixels() == 1 || readsFloat32(step);
  }
}
