package io.github.rtmjava.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimplificationTest {
  private static final double EPS = 1e-3;

  @Test
  void aNormIsTakenUpByItsConvolution() throws IOException {
    Network network =
        Built.network((root, x) -> root.norm("bn", root.conv("conv", x, 3, 3, 1, 1), EPS));
    Map<String, Tensor> weights = weights(network);
    Simplification simplified = Simplification.of(network, new MapWeights(weights));
    Op.Conv folded = (Op.Conv) only(simplified).op();
    float[] kernels = floats(weights, "conv.weight");
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = (float) (kernels[i] * scale(weights, i / (kernels.length / 3)));
    }
    assertArrayEquals(kernels, simplified.weights().get(folded.weight()).toFloats());
    assertArrayEquals(
        shifts(weights, new float[3]), simplified.weights().get(bias(folded)).toFloats());
  }

  @Test
  void aConvolutionsOwnBiasIsScaledToo() throws IOException {
    Network network =
        Built.network((root, x) -> root.norm("bn", root.convWithBias("conv", x, 3), EPS));
    Map<String, Tensor> weights = weights(network);
    Simplification simplified = Simplification.of(network, new MapWeights(weights));
    assertArrayEquals(
        shifts(weights, floats(weights, "conv.bias")),
        simplified.weights().get(bias((Op.Conv) only(simplified).op())).toFloats());
  }

  @Test
  void aTransposedConvolutionTakesUpItsNorm() {
    Network network =
        Built.network((root, x) -> root.norm("bn", root.convTranspose("up", x, 3, 4, 2, 1), EPS));
    assertEquals(List.of(Op.ConvTranspose.class), types(simplified(network)));
  }

  @Test
  void aLinearLayerOfFeaturesTakesUpItsNorm() {
    Network network =
        Built.network(
            (root, x) -> {
              Value features = root.reshape("features", root.globalAvgPool("mean", x), -1, 4);
              return root.norm("bn", root.linearWithBias("fc", features, 3), EPS);
            });
    assertEquals(
        List.of(Op.GlobalAvgPool.class, Op.Reshape.class, Op.Linear.class),
        types(simplified(network)));
  }

  @Test
  void aNormAfterAnythingElseIsAProductAndASum() throws IOException {
    Network network =
        Built.network(
            (root, x) -> {
              Value y = root.conv("conv", x, 3, 3, 1, 1);
              return root.norm("bn", root.activation("act", y, Function.SILU), EPS);
            });
    Map<String, Tensor> weights = weights(network);
    Simplification simplified = Simplification.of(network, new MapWeights(weights));
    assertEquals(
        List.of(
            Op.Conv.class,
            Op.Activation.class,
            Op.Weight.class,
            Op.Weight.class,
            Op.Mul.class,
            Op.Add.class),
        types(simplified));
    assertArrayEquals(
        new float[] {
          (float) scale(weights, 0), (float) scale(weights, 1), (float) scale(weights, 2)
        },
        simplified.weights().get("bn*scale").toFloats());
    Tensor shift = simplified.weights().get("bn*shift");
    assertEquals(Shape.of(3, 1, 1), shift.shape());
    assertArrayEquals(shifts(weights, new float[3]), shift.toFloats());
  }

  @Test
  void aConvolutionThatOthersReadKeepsItsResult() {
    Network network =
        Built.network(
            (root, x) -> {
              Value y = root.conv("conv", x, 3, 3, 1, 1);
              return root.add("sum", y, root.norm("bn", y, EPS));
            });
    Simplification simplified = simplified(network);
    assertEquals(network.nodes().get(0), simplified.network().nodes().get(0));
    assertTrue(types(simplified).contains(Op.Mul.class));
  }

  @Test
  void aConvolutionThatIsAnOutputKeepsItsResult() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Value y = builder.scope("").conv("conv", builder.input("image", 4, 6, 6), 3, 3, 1, 1);
    builder.output("raw", y);
    builder.output("out", builder.scope("").norm("bn", y, EPS));
    Network network = builder.build();
    assertEquals(network.nodes().get(0), simplified(network).network().nodes().get(0));
  }

  @Test
  void constantsAreCut() throws IOException {
    Network network =
        Built.network(
            (root, x) -> {
              Value gamma = root.weight("gamma", 3, 4);
              Value row = root.slice("row", gamma, 0, 1, 2);
              Value part = root.slice("part", row, 1, 1, 3);
              return root.mul("out", root.reshape("y", x, -1, 72, 2), part);
            });
    float[] values = {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23};
    Simplification simplified =
        Simplification.of(network, new MapWeights(Map.of("gamma", Tensor.of(values, 3, 4))));
    assertEquals(List.of(Op.Weight.class, Op.Reshape.class, Op.Mul.class), types(simplified));
    Op.Weight part = (Op.Weight) simplified.network().nodes().get(0).op();
    Tensor cut = simplified.weights().get(part.key());
    assertEquals(Shape.of(1, 2), cut.shape());
    assertArrayEquals(new float[] {11, 12}, cut.toFloats());
  }

  @Test
  void constantsGetTheirNewShapes() throws IOException {
    Network network =
        Built.network(
            (root, x) -> root.mul("out", x, root.reshape("g", root.weight("gamma", 4), 4, 1, 1)));
    Simplification simplified =
        Simplification.of(
            network, new MapWeights(Map.of("gamma", Tensor.of(new float[] {1, 2, 3, 4}, 4))));
    assertEquals(List.of(Op.Weight.class, Op.Mul.class), types(simplified));
    Op.Weight gamma = (Op.Weight) simplified.network().nodes().get(0).op();
    assertEquals(Shape.of(4, 1, 1), simplified.weights().get(gamma.key()).shape());
  }

  @Test
  void operationsThatChangeNothingAreGone() {
    Network network =
        Built.network(
            (root, x) -> {
              Value y = root.concat("joined", 1, root.slice("all", x, 1, 0, 4));
              y = root.upsample("enlarged", root.scale("scaled", y, 1), 1);
              y = root.reshape("shaped", root.pixelShuffle("shuffled", y, 1), -1, 4, 6, 6);
              return root.activation("out", y, Function.RELU);
            });
    Node node = only(simplified(network));
    assertEquals(new Op.Activation(Function.RELU), node.op());
    assertEquals(network.inputs(), node.inputs());
  }

  @Test
  void whatNobodyReadsIsGone() {
    Network network =
        Built.network(
            (root, x) -> {
              root.activation("idle", root.conv("unused", x, 2, 1, 1, 1), Function.SILU);
              return root.activation("out", x, Function.RELU);
            });
    assertEquals(List.of(Op.Activation.class), types(simplified(network)));
  }

  @Test
  void thePoolsOfAPyramidAreOnePoolThrice() {
    Network network =
        Built.network(
            (root, x) ->
                root.concat(
                    "out",
                    1,
                    root.maxPool("p5", x, 5),
                    root.maxPool("p9", x, 9),
                    root.maxPool("p13", x, 13)));
    List<Node> nodes = simplified(network).network().nodes();
    for (int i = 0; i < 3; i++) {
      assertEquals(new Op.MaxPool(5, 1, 2), nodes.get(i).op());
    }
    assertEquals(network.inputs(), nodes.get(0).inputs());
    assertEquals(List.of(nodes.get(0).output()), nodes.get(1).inputs());
    assertEquals(List.of(nodes.get(1).output()), nodes.get(2).inputs());
  }

  @Test
  void poolsOfDifferentMapsStayAsTheyAre() {
    Network network =
        Built.network(
            (root, x) -> {
              Value y = root.activation("act", x, Function.RELU);
              return root.add("out", root.maxPool("p5", x, 5), root.maxPool("p9", y, 9));
            });
    assertEquals(new Op.MaxPool(9, 1, 4), simplified(network).network().nodes().get(2).op());
  }

  private static Simplification simplified(Network network) {
    return Simplification.of(network, new MapWeights(Map.of()));
  }

  private static Node only(Simplification simplified) {
    assertEquals(1, simplified.network().nodes().size());
    return simplified.network().nodes().get(0);
  }

  private static List<Class<?>> types(Simplification simplified) {
    return simplified.network().nodes().stream().<Class<?>>map(n -> n.op().getClass()).toList();
  }

  private static String bias(Op.Conv conv) {
    String bias = conv.bias();
    assertNotNull(bias);
    return bias;
  }

  private static double scale(Map<String, Tensor> weights, int channel) {
    return floats(weights, "bn.weight")[channel]
        / Math.sqrt(floats(weights, "bn.running_var")[channel] + EPS);
  }

  private static float[] shifts(Map<String, Tensor> weights, float[] bias) {
    float[] out = new float[bias.length];
    for (int c = 0; c < out.length; c++) {
      double shift =
          floats(weights, "bn.bias")[c] - floats(weights, "bn.running_mean")[c] * scale(weights, c);
      out[c] = (float) (bias[c] * scale(weights, c) + shift);
    }
    return out;
  }

  private static float[] floats(Map<String, Tensor> weights, String key) {
    return new MapWeights(weights).get(key).toFloats();
  }

  private static Map<String, Tensor> weights(Network network) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Tensor> all = new LinkedHashMap<>();
    network
        .weights()
        .forEach(
            (key, shape) -> {
              float[] values = new float[(int) shape.elements()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(0.5, 1.5);
              }
              all.put(key, Tensor.of(values, shape.dims()));
            });
    return all;
  }
}
