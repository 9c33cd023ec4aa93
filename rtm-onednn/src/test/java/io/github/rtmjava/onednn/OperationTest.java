package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Lowering;
import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Simplification;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Operations;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation by itself against the plain reference, for several threads and batch sizes. */
class OperationTest {
  static Stream<Named<Network>> networks() {
    return LongStream.of(1, 2, 3).boxed().flatMap(Operations::networks);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computesWhatTheReferenceComputes(Network network) throws IOException {
    Weights weights = Samples.weights(network, 2);
    for (int threads : new int[] {1, 3}) {
      EngineOptions options = new EngineOptions("cpu", threads, Precision.FLOAT32, true);
      try (CompiledModel model = new OnednnEngine().compile(network, weights, options);
          Session session = model.newSession()) {
        for (int batch : new int[] {1, 2, 7}) {
          Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
          Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 2e-6);
        }
      } catch (EngineException e) {
        assertTrue(
            e.getMessage()
                .matches(
                    "the compiler has no step for .* at '(node|product).*"
                        + "|in0: expected a value .*"),
            e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void attentionComputesWhatTheReferenceComputes(int threads) throws IOException {
    Network network = Samples.attention();
    Weights weights = Samples.weights(network, 2);
    EngineOptions options = new EngineOptions("cpu", threads, Precision.FLOAT32, true);
    try (CompiledModel model = new OnednnEngine().compile(network, weights, options);
        Session session = model.newSession()) {
      for (int batch : new int[] {1, 3}) {
        Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
        Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 5e-6);
      }
    }
  }

  @Test
  void refusesOnlyWhatNoModelHas() {
    List<String> refused =
        Operations.networks(1)
            .filter(network -> !lowers(network.getPayload()))
            .map(network -> network.getPayload().nodes().get(0).op().getClass().getSimpleName())
            .toList();
    assertEquals(List.of("Concat", "Slice", "Split", "Linear"), refused);
  }

  private static boolean lowers(Network network) {
    try {
      Lowering.of(Simplification.of(network, Samples.weights(network, 2)));
      return true;
    } catch (EngineException e) {
      return false;
    }
  }

  static Stream<Named<Network>> networksOfModels() {
    Stream<Named<Network>> small =
        networks()
            .filter(network -> lowers(network.getPayload()))
            .filter(
                network ->
                    !(network.getPayload().nodes().get(0).op() instanceof Op.MaxPool pool)
                        || pool.stride() == 1);
    return Stream.concat(small, shapesOfModels());
  }

  /** What oneDNN implements for some extents only, with those of the models. */
  private static Stream<Named<Network>> shapesOfModels() {
    return Stream.of(
        within(new Op.Conv("w", "b", 144, 144, 3, 1, 1, 8), 144, 40),
        within(new Op.Conv("w", "b", 144, 144, 3, 1, 1, 8), 144, 20),
        within(new Op.MaxPool(3, 2, 1), 64, 128),
        single(new Op.Focus(), 3, 640, 640),
        within(new Op.ConvTranspose("w", "b", 2048, 256, 4, 2, 1), 2048, 8),
        within(new Op.ConvTranspose("w", "b", 256, 256, 4, 2, 1), 256, 32),
        single(new Op.Transpose(), 256, 400),
        single(new Op.Softmax(), 400, 400),
        single(new Op.Activation(Function.GELU), 400, 1024),
        Named.of("attention", Samples.attention()));
  }

  private static Named<Network> single(Op op, int... dims) {
    int[] batch = IntStream.concat(IntStream.of(Shape.BATCH), IntStream.of(dims)).toArray();
    return Named.of(op + " of " + Arrays.toString(dims), Samples.single(op, Shape.of(batch)));
  }

  /** The operation where maps may be bfloat16: away from input and output. */
  private static Named<Network> within(Op.OneResult op, int channels, int size) {
    List<Op.OneResult> ops =
        List.of(pointwise("first", channels, 8), pointwise("second", 8, channels), op);
    int out = op.infer(List.of(Shape.of(Shape.BATCH, channels, size, size))).dim(1);
    List<Value> values = new ArrayList<>();
    values.add(new Value(0, "in", Shape.of(Shape.BATCH, channels, size, size)));
    List<Node> nodes = new ArrayList<>();
    for (Op.OneResult each :
        Stream.concat(
                ops.stream(), Stream.of(pointwise("third", out, 8), pointwise("fourth", 8, 8)))
            .toList()) {
      Value last = values.get(values.size() - 1);
      Value made =
          new Value(values.size(), "value" + values.size(), each.infer(List.of(last.shape())));
      nodes.add(new Node(each, List.of(last), made));
      values.add(made);
    }
    Network network =
        new Network(
            "within", values.subList(0, 1), nodes, Map.of("out", values.get(values.size() - 1)));
    return Named.of(op + " of %d channels, %d×%d".formatted(channels, size, size), network);
  }

  private static Op.Conv pointwise(String name, int in, int out) {
    return new Op.Conv(name, name + ".bias", in, out, 1, 1, 0, 1);
  }

  @ParameterizedTest
  @MethodSource("networksOfModels")
  void runsNoReferenceImplementation(Network network) {
    Program program = Lowering.of(Simplification.of(network, Samples.weights(network, 2)));
    List<Precision> precisions =
        Bfloat16Gain.supported()
            ? List.of(Precision.FLOAT32, Precision.BFLOAT16)
            : List.of(Precision.FLOAT32);
    for (Precision precision : precisions) {
      OnednnBackend backend = new OnednnBackend(precision);
      MemoryPlan plan =
          MemoryPlan.of(program, Choices.of(program, backend, (s, w) -> w.get(0)), precision);
      for (int[] shape : new int[][] {{1, 1}, {1, 2}, {4, 1}}) {
        try (PackedWeights weights = new PackedWeights(program.weights(), 1);
            Executable executable = Executable.of(plan, weights, shape[0], shape[1])) {
          for (ParallelStage stage : executable.stages()) {
            stage
                .tasks()
                .forEach(
                    task ->
                        assertFalse(
                            task.implementation().startsWith("ref"),
                            () -> stage.name() + " runs as " + task.implementation()));
          }
        }
      }
    }
  }
}
