package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.onednn.natives.Block;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {
  private static final Trials.Crowd PAIR = Trials.Crowd.together(2);

  @TempDir Path folder;

  private final Network network = network();
  private final Weights weights = Samples.weights(network, 1);
  private final Program program = Lowering.of(Simplification.of(network, weights));
  private final OnednnBackend backend = new OnednnBackend(Precision.FLOAT32);
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("known.properties");
  }

  /** Two convolutions of one shape, of which the second one has a sum, and one of another. */
  private static Network network() {
    NetworkBuilder builder = new NetworkBuilder("trials");
    Value image = builder.input("image", 16, 24, 20);
    Scope root = builder.scope("");
    Value a = convolution(root.in("a"), image);
    Value b = convolution(root.in("b"), a);
    Value sum = root.add("sum", b, a);
    Value c = convolution(root.in("c"), sum);
    builder.output("out", root.convWithBias("last", c, 4));
    return builder.build();
  }

  private static Value convolution(Scope scope, Value from) {
    Value made = scope.conv("conv", from, 16, 3, 1, 1);
    return scope.activation("act", scope.norm("norm", made, 1e-5), Function.SILU);
  }

  private Trials trials(Trials.Crowd crowd) {
    Known known = Known.at(file);
    return Trials.of(program, backend, Precision.FLOAT32, crowd, known)
        .orElseGet(() -> Assumptions.abort("loops are not compiled in time here"));
  }

  private List<Step> convolutions() {
    return program.steps().stream()
        .filter(step -> step.kernel() instanceof Kernel.Convolution && ways(step).size() > 1)
        .toList();
  }

  private List<Way> ways(Step step) {
    return backend.ways(step);
  }

  @Test
  void knowWhatEveryWayCosts() {
    Trials trials = trials(PAIR);
    assertEquals(3, convolutions().size());
    for (Step step : convolutions()) {
      ways(step).forEach(way -> assertTrue(trials.of(step, way) > 0, way.name()));
    }
  }

  @Test
  void measureAShapeOnce() throws IOException {
    Trials trials = trials(PAIR);
    Step a = convolutions().get(0);
    Step c = convolutions().get(2);
    ways(a).forEach(way -> assertEquals(trials.of(a, way), trials.of(c, way)));
    int rows = Files.readAllLines(file).size();
    assertEquals(2 * ways(a).size(), rows, "one for each way, with and without a sum");
  }

  @Test
  void takeFromTheFileWhatWasMeasured() throws IOException {
    trials(PAIR);
    String before = Files.readString(file);
    String made = before.replaceAll("direct=.*", "direct=123456789012");
    Files.writeString(file, made);
    Trials again = trials(PAIR);
    Step step = convolutions().get(0);
    assertEquals(123456789012.0, again.of(step, OnednnBackend.DIRECT));
    assertEquals(made, Files.readString(file));
  }

  @Test
  void measureAgainWhatAFileSaysNonsenseOf() throws IOException {
    trials(PAIR);
    Files.writeString(file, Files.readString(file).replaceAll("direct=.*", "direct=x"));
    Trials again = trials(PAIR);
    assertTrue(again.of(convolutions().get(0), OnednnBackend.DIRECT) > 0);
  }

  @Test
  void tellCrowdsApart() throws IOException {
    trials(PAIR);
    int one = Files.readAllLines(file).size();
    trials(Trials.Crowd.apart(3, 2));
    assertEquals(2 * one, Files.readAllLines(file).size());
  }

  @Test
  void areOfNoUseToAProgramWithoutAChoice() {
    Network small = Samples.single(new Op.Focus(), image());
    Program without = Lowering.of(Simplification.of(small, Samples.weights(small, 1)));
    Trials.of(without, backend, Precision.FLOAT32, PAIR, Known.at(file));
    assertTrue(Files.notExists(file));
  }

  private static Shape image() {
    return Shape.of(Shape.BATCH, 3, 8, 8);
  }

  @Test
  void everyChoiceGivesTheSameResults() throws IOException {
    Known known = Known.at(file);
    Arithmetic arithmetic = new Arithmetic(Precision.FLOAT32, 1, "float32");
    Plans measured = Plans.measured(program, 2, arithmetic, known);
    for (Plans plans : List.of(measured, Plans.ruled(program, 2, arithmetic))) {
      try (OnednnModel model = new OnednnModel(network, plans, 2, "");
          Session session = model.newSession()) {
        for (int batch : new int[] {1, 2, 5, 1}) {
          Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
          Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 2e-5);
        }
      }
    }
  }

  @Test
  void plansOfSeveralCrowdsKeepWithinTheMemory() {
    // One image is fastest directly, many are fastest by the largest tiles.
    Chooser.Cost direct = (step, way) -> way.equals(OnednnBackend.DIRECT) ? 1 : 2;
    Chooser.Cost tiles = (step, way) -> way.equals(OnednnBackend.DIRECT) ? 2 : 1;
    Choices first = Chooser.choose(program, backend, direct);
    Choices second = Chooser.choose(program, backend, tiles, first);
    long all = 0;
    long plain = 0;
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Convolution conv) {
        plain += Chooser.bytes(conv, OnednnBackend.DIRECT);
        all += Chooser.bytes(conv, first.of(step));
        if (!second.of(step).equals(first.of(step))) {
          all += Chooser.bytes(conv, second.of(step));
        }
      }
    }
    assertTrue(all > plain, "something is done in another way");
    assertTrue(all <= 2.4 * plain, all + " bytes for " + plain);
  }

  @Test
  void memoryMustPayForItself() {
    Chooser.Cost little =
        new Chooser.Cost() {
          @Override
          public double of(Step step, Way way) {
            return way.equals(OnednnBackend.DIRECT) ? 2 : 1;
          }

          @Override
          public double perByte() {
            return 1;
          }
        };
    Choices choices = Chooser.choose(program, backend, little);
    convolutions().forEach(step -> assertEquals(OnednnBackend.DIRECT, choices.of(step)));
  }

  @Test
  void weightsThatCannotBeReadAreAskedForAgain() throws IOException {
    boolean[] broken = {true};
    Weights moody =
        new Weights() {
          @Override
          public Set<String> keys() {
            return program.weights().keys();
          }

          @Override
          public Tensor get(String key) throws IOException {
            if (broken[0] && key.startsWith("c.conv.weight")) {
              throw new IOException("the disk is away");
            }
            return program.weights().get(key);
          }
        };
    Layout layout =
        Plans.ruled(program, 1, new Arithmetic(Precision.FLOAT32, 1, "float32")).together();
    try (PackedWeights packed = new PackedWeights(moody, 2)) {
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> run(layout, packed));
      assertTrue(String.valueOf(thrown.getMessage()).contains("the disk is away"));
      broken[0] = false;
      float[] later = run(layout, packed);
      try (PackedWeights sound = new PackedWeights(program.weights(), 2)) {
        assertArrayEquals(run(layout, sound), later);
      }
    }
  }

  private float[] run(Layout layout, PackedWeights packed) {
    try (Executable executable = Executable.of(layout, packed, 1, 1);
        Block input = new Block(executable.inputBytes())) {
      input.clear();
      executable.setInputs(input.at(0));
      executable.run();
      float[] out = new float[executable.outputs().get(0).capacity()];
      executable.outputs().get(0).get(0, out);
      return out;
    }
  }
}
