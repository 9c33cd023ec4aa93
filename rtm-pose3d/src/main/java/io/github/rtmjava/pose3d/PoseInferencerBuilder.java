package io.github.rtmjava.pose3d;

import java.io.IOException;

/** Chooses models, engine and options of a {@link PoseInferencer}. */
public final class PoseInferencerBuilder extends PoseBuilder<PoseInferencerBuilder> {
  private boolean flipTest;
  private int batchSize = 8;

  PoseInferencerBuilder() {}

  @Override
  PoseInferencerBuilder self() {
    return this;
  }

  /**
   * Which of the models that go by one name: rtmlib's {@code lightweight}, {@code balanced} or
   * {@code performance}, for example with the name {@code wholebody}.
   */
  public PoseInferencerBuilder mode(String mode) {
    setVariant(mode);
    return this;
  }

  /**
   * Whether each crop is looked at in the mirror too, as published figures are computed; takes
   * twice the time. Only for two-dimensional top-down models.
   */
  public PoseInferencerBuilder flipTest(boolean flip) {
    this.flipTest = flip;
    return this;
  }

  /**
   * How many pictures of a stream go through the networks together; fewer where they are large. 1
   * answers soonest, more keeps the engine fuller.
   */
  public PoseInferencerBuilder batchSize(int pictures) {
    if (pictures < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + pictures);
    }
    this.batchSize = pictures;
    return this;
  }

  /**
   * Opens and compiles the models.
   *
   * @throws IOException if a model is unknown or cannot be read
   * @throws io.github.rtmjava.engine.EngineException if the engine cannot run here
   * @throws IllegalArgumentException if an option is out of range or a model is of another kind
   */
  public PoseInferencer build() throws IOException {
    return new PoseInferencer(pipeline(/* depth= */ false, flipTest), batchSize, redirects());
  }
}
