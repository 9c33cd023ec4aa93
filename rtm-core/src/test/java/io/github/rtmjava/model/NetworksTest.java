package io.github.rtmjava.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksTest {

  @Test
  void theWeightsOfAllNetworksBelongTogether() {
    assertEquals(
        List.of("a.weight", "b.weight"),
        List.copyOf(both(linear("a", 3), linear("b", 2)).weights().keySet()));
  }

  @Test
  void aWeightOfTwoShapesIsRefused() {
    Networks networks = both(linear("a", 3), linear("a", 2));
    assertThrows(IllegalStateException.class, networks::weights);
  }

  @Test
  void oneNetworkAloneIsJoinedAlready() {
    Network only = linear("a", 3);
    assertSame(only, Networks.of(only).joined());
  }

  @Test
  void joinedNetworksComputeWhatEachComputes() throws IOException {
    Networks networks = both(linear("a", 3), linear("b", 2));
    Network joined = networks.joined();
    Weights weights = Samples.weights(joined, 1);
    Map<String, Tensor> inputs = Samples.inputs(joined, 2, 3);
    Map<String, Tensor> expected = new LinkedHashMap<>();
    for (Network network : networks.all()) {
      String input = network.inputs().get(0).name();
      expected.putAll(Reference.run(network, weights, Map.of(input, inputs.get(input))));
    }
    Samples.assertClose(expected, Reference.run(joined, weights, inputs), 1e-9);
  }

  private static Networks both(Network main, Network second) {
    return new Networks(main, Map.of("second", second), key -> false);
  }

  private static Network linear(String name, int features) {
    NetworkBuilder builder = new NetworkBuilder(name);
    var x = builder.input("to_" + name, Shape.of(Shape.BATCH, features));
    builder.output("of_" + name, builder.scope("").linear(name, x, 4));
    return builder.build();
  }
}
