package io.github.rtmjava.pose3d;

import java.io.IOException;

/** Chooses models, engine and options of an {@link RtmPose3D}. */
public final class RtmPose3DBuilder extends PoseBuilder<RtmPose3DBuilder> {
  RtmPose3DBuilder() {}

  @Override
  RtmPose3DBuilder self() {
    return this;
  }

  /**
   * Which of the models that go by one name, as the Python package {@code rtmpose3d} asks for it:
   * {@code l} or {@code x} with the name {@code rbarac/rtmpose3d}. {@link #build} opens the
   * reference {@code NAME:SIZE}.
   */
  public RtmPose3DBuilder modelSize(String size) {
    setVariant(size);
    return this;
  }

  /**
   * Opens and compiles the models.
   *
   * @throws IOException if a model is unknown or cannot be read
   * @throws io.github.rtmjava.engine.EngineException if the engine cannot run here
   * @throws IllegalArgumentException if an option is out of range or a model is of another kind
   */
  public RtmPose3D build() throws IOException {
    return new RtmPose3D(pipeline(/* depth= */ true, /* flipTest= */ false));
  }
}
