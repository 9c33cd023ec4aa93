package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Purpose;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;

final class SameDiffEmitterTest {
  private static final double EPS = 1e-3;

  @Test
  void namesVariablesByCheckpointKeys() throws IOException {
    Network network = Samples.small();
    SameDiff graph = SameDiffEmitter.emit(network, Samples.weights(network, 1));
    List<String> variables =
        graph.variables().stream()
            .filter(v -> v.getVariableType() == VariableType.VARIABLE)
            .map(SDVariable::name)
            .toList();
    assertTrue(network.weights().keySet().containsAll(variables), variables.toString());
    assertTrue(variables.contains("stem.conv.weight"));
    SameDiffEmitter.close(graph);
  }

  @Test
  void namesPlaceholdersAndOutputsAsTheNetworkDoes() throws IOException {
    Network network = Samples.small();
    SameDiff graph = SameDiffEmitter.emit(network, Samples.weights(network, 1));
    assertEquals(List.of("image"), graph.inputs());
    assertEquals(List.of("map", "tokens"), graph.outputs());
    assertTrue(graph.hasVariable("block.add"));
    SameDiffEmitter.close(graph);
  }

  @Test
  void foldsANormIntoTheConvolutionThatOnlyItReads() throws IOException {
    Network network = Samples.small();
    SameDiff graph = SameDiffEmitter.emit(network, Samples.weights(network, 1));
    assertFalse(operations(graph).contains("batchnorm"));
    SameDiffEmitter.close(graph);
  }

  @Test
  void foldsNothingThatIsToBeTrained() throws IOException {
    Network network = Samples.small();
    Weights weights = Samples.weights(network, 1);
    SameDiff graph = SameDiffEmitter.emit(network, weights, Purpose.TRAINING);
    long norms = network.nodes().stream().filter(n -> n.op() instanceof Op.Norm).count();
    assertEquals(norms, operations(graph).stream().filter("batchnorm"::equals).count());
    List<String> variables =
        graph.variables().stream()
            .filter(v -> v.getVariableType() == VariableType.VARIABLE)
            .map(SDVariable::name)
            .sorted()
            .toList();
    assertEquals(network.weights().keySet().stream().sorted().toList(), variables);
    SameDiffEmitter.close(graph);
  }

  @Test
  void keepsANormWhoseConvolutionHasOtherReaders() throws IOException {
    NetworkBuilder builder = new NetworkBuilder("two readers");
    Scope root = builder.scope("");
    Value conv = root.conv("conv", builder.input("image", 3, 8, 8), 4, 3, 1, 1);
    builder.output("sum", root.add("add", root.norm("bn", conv, EPS), conv));
    Network network = builder.build();
    SameDiff graph = SameDiffEmitter.emit(network, Samples.weights(network, 1));
    assertTrue(operations(graph).contains("batchnorm"));
    SameDiffEmitter.close(graph);
    assertRight(network);
  }

  @Test
  void foldsSharedKernelsOncePerNorm() throws IOException {
    Value image = new Value(0, "image", Shape.of(Shape.BATCH, 3, 8, 8));
    Op.Conv shared = new Op.Conv("conv.weight", null, 3, 4, 3, 1, 1, 1);
    List<Node> nodes = new ArrayList<>();
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int level = 0; level < 2; level++) {
      Shape shape = shared.infer(List.of(image.shape()));
      Value conv = new Value(nodes.size() + 1, "conv" + level, shape);
      nodes.add(new Node(shared, List.of(image), conv));
      Value norm = new Value(nodes.size() + 1, "bn" + level, shape);
      nodes.add(new Node(new Op.Norm("bn" + level, 4, EPS), List.of(conv), norm));
      outputs.put("level" + level, norm);
    }
    assertRight(new Network("shared", List.of(image), nodes, outputs));
  }

  @Test
  void freesTheNameOfAnOutputThatAnotherValueBears() throws IOException {
    NetworkBuilder builder = new NetworkBuilder("same name");
    Value conv = builder.scope("").conv("y", builder.input("image", 3, 8, 8), 4, 3, 1, 1);
    builder.output("y", conv);
    assertRight(builder.build());
  }

  private static List<String> operations(SameDiff graph) {
    return graph.getOps().values().stream().map(op -> op.getOp().opName()).toList();
  }

  private static void assertRight(Network network) throws IOException {
    Weights weights = Samples.weights(network, 3);
    Map<String, Tensor> inputs = Samples.inputs(network, 2, 4);
    try (CompiledModel model =
            new SameDiffEngine().compile(network, weights, EngineOptions.DEFAULT);
        Session session = model.newSession()) {
      Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), 1e-5);
    }
  }
}
