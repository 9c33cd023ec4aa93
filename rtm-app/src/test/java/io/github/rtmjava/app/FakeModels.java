package io.github.rtmjava.app;

import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import java.util.Map;
import java.util.Optional;

/** {@code fake-detector}, {@code fake-pose}, and {@code fake-flat-pose} without depth. */
public final class FakeModels implements ModelSource {
  @Override
  public String understands() {
    return "fake-detector, fake-pose or fake-flat-pose";
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener) {
    return switch (reference) {
      case "fake-detector" -> Optional.of(model(reference, FakeDetector.spec()));
      case "fake-game-detector" -> Optional.of(model(reference, FakeDetector.gameSpec()));
      case "fake-pose" -> Optional.of(model(reference, FakePose.spec()));
      case "fake-flat-pose" -> Optional.of(model(reference, FakePose.flatSpec()));
      default -> Optional.empty();
    };
  }

  private static Model model(String name, ModelSpec spec) {
    return new Model(
        name, spec, new MapWeights(Map.of()), new Provenance("made up", "", "none", "CC0-1.0"));
  }
}
