package io.github.rtmjava.app;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.List;
import java.util.Map;

/** A detector's inputs and outputs, with nothing of worth between them; see {@link FakeEngine}. */
public final class FakeDetector implements Architecture {
  static final int SIDE = 64;

  static ModelSpec spec() {
    return spec(List.of("person"));
  }

  /** One that finds balls, and knows the word for people. */
  static ModelSpec gameSpec() {
    return spec(List.of("ball", "person"));
  }

  private static ModelSpec spec(List<String> classes) {
    return new ModelSpec(
        "fake-detector",
        Task.DETECTION,
        InputSpec.bgr(SIDE, SIDE),
        new Codec.Boxes(0.001f, 1000, 0.6f, 100, 0.3f),
        classes,
        Map.of());
  }

  @Override
  public String name() {
    return "fake-detector";
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) {
    return new Recognition.Foreign();
  }

  @Override
  public Network build(ModelSpec spec) {
    NetworkBuilder builder = new NetworkBuilder("fake detector");
    Value input = builder.input("input", 3, SIDE, SIDE);
    Scope head = builder.scope("head");
    for (int level = 0; level < 3; level++) {
      int stride = 8 << level;
      builder.output("cls" + level, head.conv("cls" + level, input, 1, 1, stride, 1));
      builder.output("reg" + level, head.conv("reg" + level, input, 4, 1, stride, 1));
    }
    return builder.build();
  }
}
