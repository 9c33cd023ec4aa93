package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.List;

/** The one-stage estimator, for tests of the whole way. */
public final class OneStage implements AutoCloseable {
  private final OneStageEstimator estimator;

  public OneStage(Model model, Engine engine) throws IOException {
    estimator = OneStageEstimator.of(model, engine, EngineOptions.DEFAULT);
  }

  /** Everybody in each of the pictures, which go through the network together. */
  public List<PoseResult> estimate(List<Image> pictures) {
    return estimator.estimate(
        pictures.stream()
            .map(p -> new View(p, List.of(), Camera.nominal(p.width(), p.height())))
            .toList());
  }

  @Override
  public void close() {
    estimator.close();
  }
}
