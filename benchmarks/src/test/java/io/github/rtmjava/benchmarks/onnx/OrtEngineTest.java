package io.github.rtmjava.benchmarks.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.benchmarks.harness.MadeWeights;
import io.github.rtmjava.benchmarks.harness.Outputs;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.GatedAttentionUnit;
import io.github.rtmjava.nn.block.SppBottleneck;
import io.github.rtmjava.samediff.SameDiffEngine;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime, fed with our files, against the reference engine. */
class OrtEngineTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyOperationGivesTheReferenceOutputs(int batch) throws IOException {
    Network network = everything();
    compare(network, new MadeWeights(network), batch);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void attentionGivesTheReferenceOutputs(int batch) throws IOException {
    Network network = attention();
    compare(network, new MadeWeights(network), batch);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void pixelsAndPartsGiveTheReferenceOutputs(int batch) throws IOException {
    Network network = pixels();
    compare(network, new MadeWeights(network), batch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "default-detector"})
  void embeddedModelsGiveTheReferenceOutputs(String name) throws IOException {
    Model model = ModelSources.open(name);
    compare(model.network(), model.weights(), 2);
  }

  @Test
  void otherPrecisionsAreRefused() {
    Network network = everything();
    EngineOptions options = new EngineOptions("cpu", 1, Precision.BFLOAT16);
    EngineException refusal =
        assertThrows(
            EngineException.class,
            () -> new OrtEngine().compile(network, new MadeWeights(network), options));
    assertTrue(refusal.getMessage().contains("BFLOAT16"), refusal.getMessage());
  }

  private static void compare(Network network, Weights weights, int batch) throws IOException {
    Map<String, float[]> expected = run(new SameDiffEngine(), network, weights, batch);
    Map<String, float[]> found = run(new OrtEngine(), network, weights, batch);
    assertEquals(expected.keySet(), found.keySet());
    double difference = Outputs.difference(expected, found);
    assertTrue(
        difference <= TOLERANCE,
        () -> "largest difference: %.3g of the range".formatted(difference));
  }

  private static Map<String, float[]> run(
      Engine engine, Network network, Weights weights, int batch) throws IOException {
    Value declared = network.inputs().get(0);
    Tensor input = Tensor.allocate(declared.type(), declared.shape().withBatch(batch));
    if (declared.type() == DType.UINT8) {
      byte[] bytes = new byte[input.bytes().remaining()];
      new Random(1).nextBytes(bytes);
      input.bytes().put(bytes);
    } else {
      MadeWeights.fill(input, "input", 0, 2);
    }
    try (CompiledModel model = engine.compile(network, weights, EngineOptions.DEFAULT);
        Session session = model.newSession()) {
      return Outputs.copy(session.run(Map.of(declared.name(), input)));
    }
  }

  /** Bytes, normalised in the network, and a node of several results. */
  private static Network pixels() {
    NetworkBuilder builder = new NetworkBuilder("pixels");
    Value bytes = builder.pixels("image", 3, 16, 8);
    Scope root = builder.scope("");
    List<Double> mean = List.of(123.675, 116.28, 103.53);
    List<Double> std = List.of(58.395, 57.12, 57.375);
    Value image = root.normalizePixels("normalized", bytes, mean, std);
    List<Value> parts =
        root.split(List.of("a", "b", "c"), root.conv("conv", image, 8, 3, 2, 1), 1, 2, 4, 2);
    builder.output("turned", root.concat("turned", 1, parts.get(2), parts.get(1), parts.get(0)));
    builder.output("b", parts.get(1));
    return builder.build();
  }

  /** What transformers and heatmaps need beyond {@link #everything()}. */
  private static Network attention() {
    NetworkBuilder builder = new NetworkBuilder("attention");
    Value image = builder.input("image", 3, 32, 16);
    Scope root = builder.scope("");
    Value map =
        root.maxPool("pool", root.conv("stem", root.focus("focus", image), 8, 3, 1, 2), 3, 2);
    Value larger = root.convTranspose("larger", map, 6, 4, 2, 1);
    builder.output("larger", root.norm("larger_norm", larger, 1e-5));
    Value tokens = root.transpose("tokens", root.reshape("flat", map, -1, 8, 32));
    float[] positions = new float[32 * 8];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (float) Math.sin(i);
    }
    Value x = root.add("sum", tokens, root.constant("positions", Shape.of(1, 32, 8), positions));
    Value weights = root.softmax("weights", root.matMul("product", x, x, true));
    x = root.layerNorm("norm", root.matMul("mixed", weights, x, false), 1e-5);
    builder.output("tokens", root.activation("gelu", root.linear("fc", x, 8), Function.GELU));
    Value mean = root.reshape("mean", root.globalAvgPool("average", map), -1, 8);
    Value hidden = root.norm("hidden_norm", root.linearWithBias("hidden", mean, 12), 1e-5);
    builder.output("class", hidden);
    return builder.build();
  }

  /** Every operation of the SimCC models and the detectors, with the two kinds of batch norm. */
  private static Network everything() {
    NetworkBuilder builder = new NetworkBuilder("everything");
    Value image = builder.input("image", 3, 16, 8);
    Scope root = builder.scope("");
    Value stem = root.conv("stem", image, 8, 3, 2, 1);
    Value shared = root.norm("stem_norm", stem, 1e-5);
    Value x = root.activation("stem_act", shared, Function.SILU);
    x = root.conv("depthwise", x, 8, 5, 1, 8, true);
    x = root.norm("depthwise_norm", x, 1e-3);
    x = root.add("residual", x, root.scale("half", stem, 0.5));
    x = new SppBottleneck(16).apply(root.in("pyramid"), x);
    Value weights = root.convWithBias("fc", root.globalAvgPool("mean", x), 16);
    x = root.mul("weighted", x, root.activation("hard", weights, Function.HARD_SIGMOID));
    Value fine = root.upsample("fine", x, 2);
    builder.output("fine", root.activation("exp", root.convWithBias("box", fine, 4), Function.EXP));
    Value shuffled = root.pixelShuffle("shuffled", x, 2);
    builder.output("shuffled", root.activation("sigmoid", shuffled, Function.SIGMOID));
    x = root.reshape("flat", x, -1, 16, 32);
    x = root.scaleNorm("norm", x, 1e-5);
    x = root.activation("rectified", root.linear("mlp", x, 24), Function.RELU);
    x = new GatedAttentionUnit(16, 8).apply(root.in("gau"), x);
    builder.output("attended", root.linear("cls", x, 40));
    return builder.build();
  }
}
