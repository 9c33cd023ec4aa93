package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.RtmPose3D;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a person detector and a 3D pose model. */
record SpatialRunner(RtmPose3D model) implements PoseRunner {
  @Override
  public String name() {
    return model.modelName();
  }

  @Override
  public KeypointSet keypointSet() {
    return model.keypointSet();
  }

  @Override
  public PoseResult find(Image image, @Nullable List<Box> boxes) {
    return boxes == null ? model.predict(image) : model.predict(image, boxes);
  }

  @Override
  public void close() {
    model.close();
  }
}
