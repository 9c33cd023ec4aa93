package io.github.rtmjava.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int N = Shape.BATCH;

  @Test
  void shapesFollowFromTheOperations() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope root = builder.scope("");
    Value image = builder.input("image", 3, 33, 20);
    Value conv = root.conv("conv", image, 8, 3, 2, 1);
    assertEquals(Shape.of(N, 8, 17, 10), conv.shape());
    assertEquals(Shape.of(N, 8, 17, 10), root.maxPool("pool", conv, 5).shape());
    assertEquals(Shape.of(N, 8, 1, 1), root.globalAvgPool("mean", conv).shape());
    assertEquals(Shape.of(N, 8, 34, 20), root.upsample("up", conv, 2).shape());
    assertEquals(Shape.of(N, 2, 34, 20), root.pixelShuffle("shuffle", conv, 2).shape());
    assertEquals(Shape.of(N, 16, 17, 10), root.concat("cat", 1, conv, conv).shape());
    Value flat = root.reshape("flat", conv, N, 8, 170);
    Value linear = root.linear("linear", flat, 5);
    assertEquals(Shape.of(N, 8, 5), linear.shape());
    assertEquals(Shape.of(N, 8, 8), root.matMul("qk", linear, linear, true).shape());
    assertEquals(Shape.of(N, 8, 2), root.slice("slice", linear, 2, 1, 3).shape());
    assertEquals(Shape.of(N, 8, 5), root.mul("gain", linear, root.weight("g", 5)).shape());
  }

  @Test
  void weightsAreNamedByTheirPlaceInTheTree() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope stem = builder.scope("backbone").in("stem").in(0);
    Value x = stem.conv("conv", builder.input("image", 4, 8, 8), 8, 3, 1, 4);
    builder.output("y", stem.activation("activate", stem.norm("bn", x, 1e-5), Function.SILU));
    Network network = builder.build();
    assertEquals(
        Map.of(
            "backbone.stem.0.conv.weight", Shape.of(8, 1, 3, 3),
            "backbone.stem.0.bn.weight", Shape.of(8),
            "backbone.stem.0.bn.bias", Shape.of(8),
            "backbone.stem.0.bn.running_mean", Shape.of(8),
            "backbone.stem.0.bn.running_var", Shape.of(8)),
        network.weights());
    assertEquals(
        List.of("backbone.stem.0.conv", "backbone.stem.0.bn", "backbone.stem.0.activate"),
        network.nodes().stream().map(n -> n.output().name()).toList());
  }

  @Test
  void whatDoesNotFitIsNamedWithItsPlace() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope root = builder.scope("neck");
    Value a = builder.input("a", 3, 8, 8);
    Value b = root.conv("down", a, 3, 3, 2, 1);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> root.concat("joined", 1, a, b));
    assertTrue(e.getMessage().startsWith("neck.joined: "), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> root.add("sum", a, b));
    assertThrows(IllegalArgumentException.class, () -> root.slice("part", a, 1, 2, 4));
    assertThrows(IllegalArgumentException.class, () -> root.reshape("flat", a, N, 5));
    assertThrows(IllegalArgumentException.class, () -> root.conv("down", a, 3, 3, 2, 1));
  }

  @Test
  void aNodeMayHaveSeveralResults() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope root = builder.scope("");
    Value image = builder.input("image", 6, 8, 8);
    List<Value> parts = root.split(List.of("a", "b", "c"), image, 1, 1, 2, 3);
    builder.output("y", root.activation("after", parts.get(2), Function.RELU));
    assertEquals(
        List.of(
            new Value(1, "a", Shape.of(N, 1, 8, 8)),
            new Value(2, "b", Shape.of(N, 2, 8, 8)),
            new Value(3, "c", Shape.of(N, 3, 8, 8))),
        parts);
    Network network = builder.build();
    assertEquals(parts, network.nodes().get(0).outputs());
    assertThrows(IllegalStateException.class, network.nodes().get(0)::output);
    assertEquals(4, network.nodes().get(1).output().id());
    assertThrows(
        IllegalArgumentException.class, () -> root.split(List.of("d", "e"), image, 1, 3, 4));
    assertThrows(IllegalArgumentException.class, () -> root.split(List.of("d"), image, 1, 3, 3));
    Node tooFew = new Node(network.nodes().get(0).op(), List.of(image), parts.subList(0, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Network("too few", List.of(image), List.of(tooFew), Map.of()));
  }

  @Test
  void operationsReadTheTypeThatTheyAreFor() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope root = builder.scope("");
    Value bytes = builder.pixels("bytes", 3, 8, 6);
    Value floats = builder.input("floats", 3, 8, 6);
    assertEquals(new Value(0, "bytes", Shape.of(N, 8, 6, 3), DType.UINT8), bytes);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> root.activation("act", bytes, Function.RELU));
    assertEquals("act: expected FLOAT32 values, found UINT8 of bytes", e.getMessage());
    List<Double> three = List.of(1.0, 2.0, 3.0);
    assertThrows(
        IllegalArgumentException.class,
        () -> root.normalizePixels("normalized", floats, three, three));
    assertThrows(
        IllegalArgumentException.class,
        () -> root.normalizePixels("normalized", bytes, List.of(1.0), List.of(1.0)));
    assertEquals(
        new Value(2, "normalized", Shape.of(N, 3, 8, 6)),
        root.normalizePixels("normalized", bytes, three, three));
  }

  @Test
  void nodesOutOfOrderAreRefused() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Value image = builder.input("image", 3, 8, 8);
    Value first = builder.scope("").activation("first", image, Function.RELU);
    builder.output("y", builder.scope("").activation("second", first, Function.RELU));
    Network network = builder.build();
    List<Node> turned = List.of(network.nodes().get(1), network.nodes().get(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Network("turned", network.inputs(), turned, network.outputs()));
  }
}
