package io.github.rtmjava.app;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs {@link FakeDetector}, which sees nobody in dark pictures, one person in bright ones, two in
 * white ones and only the second of those in dim ones, and {@link FakePose}, which sees keypoint k
 * in the middle of the box and k modulo 5 bins to the right, with a score of 1 - k / 1000. Of the
 * latter it tells what it costs.
 */
public final class FakeEngine implements Engine {
  static final float NOT_THERE = -20;

  private static final List<Use> USES = new CopyOnWriteArrayList<>();

  /** What is done with a network. */
  public enum Act {
    COMPILE,
    WARM_UP,
    RUN,
    PROFILE
  }

  /**
   * Something that was done with a network.
   *
   * @param network its name
   * @param count of images, or of runs
   */
  public record Use(Act act, String network, EngineOptions options, int count) {}

  /** What was done since this was asked last. */
  public static List<Use> takeUses() {
    List<Use> uses = List.copyOf(USES);
    USES.clear();
    return uses;
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public EngineProbe probe() {
    return new EngineProbe(true, "cpu", "made up");
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
    USES.add(new Use(Act.COMPILE, network.name(), options, 1));
    return new FakeModel(network, options);
  }

  private record FakeModel(Network network, EngineOptions options) implements CompiledModel {
    @Override
    public String description() {
      return "fake, %s, %d threads%s"
          .formatted(
              options.precision(),
              options.threads(),
              options.deterministic() ? ", deterministic" : "");
    }

    @Override
    public void warmUp(int... batches) {
      for (int batch : batches) {
        USES.add(new Use(Act.WARM_UP, network.name(), options, batch));
      }
    }

    @Override
    public List<LayerTime> profile(int runs) {
      USES.add(new Use(Act.PROFILE, network.name(), options, runs));
      return network.outputs().containsKey("simcc_x")
          ? List.of(
              new LayerTime("stem", "slow", 3_000_000, 6_000_000),
              new LayerTime("neck", "quick", 1_000_000, 1_000_000),
              new LayerTime("head", "slow", 4_000_000, 7_000_000))
          : List.of();
    }

    @Override
    public Memory memory() {
      return network.outputs().containsKey("simcc_x")
          ? new Memory(12_000_000, 3_400_000)
          : new Memory(0, 0);
    }

    @Override
    public Session newSession() {
      return new FakeSession(network, options);
    }

    @Override
    public void close() {}
  }

  private record FakeSession(Network network, EngineOptions options) implements Session {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      Tensor input = inputs.get(network.inputs().get(0).name());
      USES.add(new Use(Act.RUN, network.name(), options, Math.toIntExact(input.shape().dim(0))));
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, Value> output : network.outputs().entrySet()) {
        Tensor tensor =
            Tensor.allocate(
                DType.FLOAT32, output.getValue().shape().withBatch(input.shape().dim(0)));
        for (int image = 0; image < input.shape().dim(0); image++) {
          fill(
              output.getKey(),
              part(tensor, image),
              tensor.shape().dim(-1),
              brightness(part(input, image)));
        }
        outputs.put(output.getKey(), tensor);
      }
      return outputs;
    }

    @Override
    public void close() {}

    /** What belongs to one image of a batch. */
    private static FloatBuffer part(Tensor batch, int image) {
      int size = Math.toIntExact(batch.shape().with(0, 1).elements());
      return batch.floats().slice(image * size, size);
    }

    private static double brightness(FloatBuffer input) {
      double sum = 0;
      for (int i = 0; i < input.limit(); i++) {
        sum += input.get(i);
      }
      return sum / input.limit();
    }

    private static void fill(String name, FloatBuffer out, int bins, double brightness) {
      if (name.startsWith("cls")) {
        for (int i = 0; i < out.limit(); i++) {
          out.put(i, NOT_THERE);
        }
        if (name.equals("cls0")) {
          out.put(4 * 8 + 4, brightness > 1 ? 3 : NOT_THERE);
          boolean second = brightness > 2 || (brightness > 0.4 && brightness <= 1);
          out.put(2 * 8 + 2, second ? 2 : NOT_THERE);
        }
      } else if (name.equals("reg0")) {
        float[] sides = {16, 24, 16, 24};
        for (int side = 0; side < 4; side++) {
          out.put(side * 64 + 4 * 8 + 4, sides[side]);
          out.put(side * 64 + 2 * 8 + 2, 12);
        }
      } else if (name.startsWith("simcc")) {
        for (int row = 0; row < out.limit() / bins; row++) {
          int keypoint = row % FakePose.KEYPOINTS;
          int shift = name.equals("simcc_x") ? keypoint % 5 : 0;
          out.put(row * bins + bins / 2 + shift, 1 - keypoint / 1000f);
        }
      }
    }
  }
}
