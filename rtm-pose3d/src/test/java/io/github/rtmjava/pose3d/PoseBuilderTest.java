package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.architectures.simcc.RandomSpecs;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoseBuilderTest {
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final List<Integer> WARMED_UP = new ArrayList<>();

  /** Found by its name; runs short of memory when it compiles a pose model named so. */
  public static final class ShortOfMemory implements Engine {
    private final LeakEngine counting =
        new LeakEngine(
            OPEN,
            WARMED_UP,
            network -> {
              if (network.name().startsWith("rtmpose")) {
                throw new OutOfMemoryError("made up");
              }
            });

    @Override
    public String name() {
      return "short-of-memory";
    }

    @Override
    public EngineProbe probe() {
      return counting.probe();
    }

    @Override
    public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
      return counting.compile(network, weights, options);
    }
  }

  @BeforeEach
  void clear() {
    OPEN.set(0);
    WARMED_UP.clear();
  }

  @Test
  void anErrorWhileModelsAreCompiledLeavesNoneOpen() {
    PoseInferencerBuilder builder =
        PoseInferencer.builder()
            .engine("short-of-memory")
            .model(model(new RandomSpecs(1).next("rtmpose", 64, 64)))
            .detector(model(detector()));
    assertThrows(OutOfMemoryError.class, builder::build);
    assertEquals(0, OPEN.get(), "the detector is closed");
  }

  @Test
  void bothModelsAreClosedWhereOneFailsToClose() throws IOException {
    ModelSpec rtmw = new RandomSpecs(2).next("rtmw", 64, 64);
    PosePipeline whole =
        PoseInferencer.builder()
            .engine("short-of-memory")
            .model(model(rtmw))
            .detector(model(detector()))
            .pipeline(/* depth= */ false, /* flipTest= */ false);
    assertEquals(2, OPEN.get());
    PosePipeline pipeline =
        new PosePipeline(new Stubborn(whole.estimator()), whole.detector(), whole.options());
    assertThrows(IllegalStateException.class, pipeline::close);
    assertEquals(0, OPEN.get());
  }

  @Test
  void warmUpMakesBothModelsReadyForTheBatchesThatWillCome() throws IOException {
    try (PoseInferencer inferencer =
        PoseInferencer.builder()
            .engine("short-of-memory")
            .model(model(new RandomSpecs(2).next("rtmw", 64, 64)))
            .detector(model(detector()))
            .batchSize(6)
            .build()) {
      inferencer.warmUp();
    }
    assertEquals(List.of(6, 64), WARMED_UP);
  }

  /** Closes another one, and fails then. */
  private record Stubborn(PoseEstimator other) implements PoseEstimator {
    @Override
    public String name() {
      return other.name();
    }

    @Override
    public BatchRunner network() {
      return other.network();
    }

    @Override
    public String description() {
      return other.description();
    }

    @Override
    public KeypointSet keypointSet() {
      return other.keypointSet();
    }

    @Override
    public boolean needsBoxes() {
      return true;
    }

    @Override
    public boolean depth() {
      return false;
    }

    @Override
    public Frame3d frame(@Nullable Camera camera) {
      return other.frame(camera);
    }

    @Override
    public void warmUp(int pictures) {
      other.warmUp(pictures);
    }

    @Override
    public CompiledModel.Memory memory() {
      return other.memory();
    }

    @Override
    public CompletableFuture<List<PoseResult>> submit(List<View> views, Deadline deadline) {
      return other.submit(views, deadline);
    }

    @Override
    public void close() {
      other.close();
      throw new IllegalStateException("does not close");
    }
  }

  private static Model model(ModelSpec spec) {
    return new Model("made", spec, new MapWeights(Map.of()), new Provenance("", "", "", ""));
  }

  private static ModelSpec detector() {
    Map<String, Integer> hyper = new TreeMap<>();
    new CspNext(2, List.of(4, 8, 16, 32, 64), List.of(1, 1, 1, 1), false, false).putInto(hyper);
    hyper.put("neck_blocks", 1);
    hyper.put("neck_out", 8);
    hyper.put("classes", 1);
    hyper.put("head_channels", 8);
    hyper.put("stacked_convs", 1);
    hyper.put("share_conv", 1);
    hyper.put("exp_on_reg", 0);
    return new ModelSpec(
        "rtmdet",
        Task.DETECTION,
        InputSpec.bgr(64, 64),
        new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f),
        List.of("person"),
        hyper);
  }
}
