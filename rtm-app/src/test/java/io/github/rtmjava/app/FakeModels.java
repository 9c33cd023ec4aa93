package io.github.rtmjava.app;

import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import java.util.Map;
import java.util.Optional;

/**
 * {@code fake-detector}, {@code fake-pose} of whole bodies, {@code fake-body} of 17 keypoints and
 * {@code fake-hand} of 21, and the same without depth: {@code fake-flat-pose} and so on.
 */
public final class FakeModels implements ModelSource {
  private static final String HAND = "coco_wholebody_hand";

  @Override
  public String understands() {
    return "fake-detector, fake-pose, fake-body, fake-hand or the like";
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
      case "fake-body" -> Optional.of(model(reference, FakePose.spec("coco", 17)));
      case "fake-flat-body" -> Optional.of(model(reference, FakePose.flatSpec("coco", 17)));
      case "fake-hand" -> Optional.of(model(reference, FakePose.spec(HAND, 21)));
      case "fake-flat-hand" -> Optional.of(model(reference, FakePose.flatSpec(HAND, 21)));
      default -> Optional.empty();
    };
  }

  private static Model model(String name, ModelSpec spec) {
    return new Model(
        name, spec, new MapWeights(Map.of()), new Provenance("made up", "", "none", "CC0-1.0"));
  }
}
